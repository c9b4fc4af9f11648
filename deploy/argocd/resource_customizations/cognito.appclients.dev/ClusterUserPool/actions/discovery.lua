-- The operator writes nothing for a ClusterUserPool, so there is nothing to pause.
local actions = {}
actions["reconcile"] = {
  ["displayName"] = "Reconcile now",
  ["iconClass"] = "fa fa-fw fa-sync"
}
return actions
