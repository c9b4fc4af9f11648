-- An action is disabled where the operator would ignore it, or where it would take effect only later and by surprise.
local annotations = obj.metadata.annotations or {}
local status = obj.status or {}
local paused = annotations["cognito.appclients.dev/paused"] == "true"
local deleting = obj.metadata.deletionTimestamp ~= nil

-- A lost client is replaced only on request. The operator never replaces an adopted or an observed client.
local lost = false
if status.observedGeneration == obj.metadata.generation and status.clientId ~= nil then
  for _, condition in ipairs(status.conditions or {}) do
    if condition.type == "Ready" and condition.reason == "ClientLost" then
      lost = obj.spec.adopt == nil and obj.spec.mode ~= "Observe"
    end
  end
end

local actions = {}
actions["reconcile"] = {
  ["displayName"] = "Reconcile now",
  ["iconClass"] = "fa fa-fw fa-sync",
  ["disabled"] = paused and not deleting
}
actions["pause"] = {
  ["displayName"] = "Pause",
  ["iconClass"] = "fa fa-fw fa-pause",
  ["disabled"] = paused or deleting
}
actions["resume"] = {
  ["displayName"] = "Resume",
  ["iconClass"] = "fa fa-fw fa-play",
  ["disabled"] = not paused
}
actions["recreate"] = {
  ["displayName"] = "Replace the lost app client",
  ["iconClass"] = "fa fa-fw fa-recycle",
  ["disabled"] = deleting or not lost
}
return actions
