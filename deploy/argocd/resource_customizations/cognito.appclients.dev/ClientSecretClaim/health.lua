-- Health of a UserPoolClient, a ClientSecretClaim and a ClusterUserPool for Argo CD. Their status follows kstatus: the conditions count
-- only after observedGeneration equals the generation. Stalled needs a person, Reconciling is in progress, Ready summarises the object.
local status = obj.status or {}

if status.observedGeneration ~= obj.metadata.generation then
  return {status = "Progressing", message = "Waiting for the operator"}
end

local found = {}
for _, condition in ipairs(status.conditions or {}) do
  found[condition.type] = condition
end

local stalled = found["Stalled"]
if stalled ~= nil and stalled.status == "True" then
  return {status = "Degraded", message = stalled.reason .. ": " .. stalled.message}
end

local ready = found["Ready"]
if ready == nil then
  return {status = "Progressing", message = "Waiting for the operator"}
end
if ready.status == "True" then
  return {status = "Healthy", message = ready.message}
end
if ready.reason == "Paused" then
  return {status = "Suspended", message = ready.message}
end
-- A sync waits for every object of a wave until it is Healthy, and fails when one is Degraded. A claim whose client does not exist yet,
-- or does not offer its Secret to the namespace, must do neither: a chart may hold the claim before the client's team acts.
if ready.reason == "NotAvailable" then
  return {status = "Healthy", message = ready.reason .. ": " .. ready.message}
end
return {status = "Progressing", message = ready.reason .. ": " .. ready.message}
