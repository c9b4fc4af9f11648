-- The id of a client that still exists would be a standing permission to replace it at its next loss.
local status = obj.status or {}
local lost = false
for _, condition in ipairs(status.conditions or {}) do
  lost = lost or (condition.type == "Ready" and condition.reason == "ClientLost")
end
if not lost or status.clientId == nil then
  error("The app client is not lost. Only a UserPoolClient whose Ready has the reason ClientLost can get a new one.", 0)
end
if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["cognito.appclients.dev/recreate"] = status.clientId
return obj
