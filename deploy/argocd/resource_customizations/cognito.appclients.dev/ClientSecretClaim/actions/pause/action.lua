if obj.metadata.annotations == nil then
  obj.metadata.annotations = {}
end
obj.metadata.annotations["cognito.appclients.dev/paused"] = "true"
return obj
