#!/usr/bin/env bash
# Writes kustomization.yaml and one directory for each served namespace: ./list.sh shop team-c
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")"
if [ $# -lt 1 ] || [ $# -gt 50 ]; then
  echo "usage: $0 <namespace>..., at most 50. Serve more namespaces with deploy/kustomize/cluster, or with another operator." >&2
  exit 2
fi
# bash 3.2, the version of macOS, reads such a pattern only from a variable.
name='^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'
for namespace in "$@"; do
  if ! [[ $namespace =~ $name ]]; then
    echo "'$namespace' is not the name of a Namespace." >&2
    exit 2
  fi
done
twice=$(printf '%s\n' "$@" | sort | uniq -d)
if [ -n "$twice" ]; then
  echo "'$twice' is there twice." >&2
  exit 2
fi

for former in */kustomization.yaml; do
  if grep -qx -- '  - ../_role' "$former"; then
    rm "$former"
    rmdir "$(dirname "$former")"
  fi
done
for namespace in "$@"; do
  mkdir -p "$namespace"
  cat >"$namespace/kustomization.yaml" <<EOF
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
namespace: $namespace
resources:
  - ../_role
EOF
done

list=$(IFS=,; echo "$*")
cat >kustomization.yaml <<EOF
# The operator for a list of at most 50 namespaces, which must exist: kubectl apply --server-side -k deploy/kustomize/namespaces
# list.sh writes this file and the directory of each namespace: deploy/kustomize/namespaces/list.sh $*
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../base
  - rbac.yaml
$(printf '  - %s\n' "$@")
patches:
  - patch: |
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: cognito-client-operator, namespace: cognito-client-operator}
      spec:
        template:
          spec:
            containers:
              - name: operator
                env:
                  - {name: COGNITO_CLIENT_OPERATOR_WATCH_NAMESPACES, value: "$list"}
EOF
