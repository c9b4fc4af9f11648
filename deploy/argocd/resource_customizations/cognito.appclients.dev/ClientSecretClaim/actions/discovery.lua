-- An action is disabled where the operator would ignore it.
local annotations = obj.metadata.annotations or {}
local paused = annotations["cognito.appclients.dev/paused"] == "true"
local deleting = obj.metadata.deletionTimestamp ~= nil

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
return actions
