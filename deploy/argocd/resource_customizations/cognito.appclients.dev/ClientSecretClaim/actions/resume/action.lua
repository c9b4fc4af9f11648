local annotations = obj.metadata.annotations
if annotations ~= nil then
  annotations["cognito.appclients.dev/paused"] = nil
  -- Argo CD restores a table that a script leaves empty, because Lua does not distinguish an empty map from an empty list.
  if next(annotations) == nil then
    obj.metadata.annotations = nil
  end
end
return obj
