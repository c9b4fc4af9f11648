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

-- The operator rotates the secret only of a client that has one, and never writes to Cognito for an observed client.
local appType = obj.spec.appType
local rotates = (appType == "Confidential" or appType == "MachineToMachine"
  or (appType == "Other" and obj.spec.generateSecret == true)) and obj.spec.mode ~= "Observe"

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
actions["rotate"] = {
  ["displayName"] = "Replace the client secret",
  ["iconClass"] = "fa fa-fw fa-key",
  ["disabled"] = paused or deleting or not rotates
}
actions["recreate"] = {
  ["displayName"] = "Replace the lost app client",
  ["iconClass"] = "fa fa-fw fa-recycle",
  ["disabled"] = deleting or not lost
}
return actions
