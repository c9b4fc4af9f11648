#!/usr/bin/env bash
# Records how a real API server stores the Secret of the operator, and how it stores changes by other writers. Needs kubectl on a scratch cluster.
# INPUTS and VALUES stand for the values of these annotations; the test inserts them. version-1 holds recordings of an operator without VALUES.
set -euo pipefail
cd "$(dirname "$0")"
ours=(--field-manager=cognito-client-operator)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kubectl create namespace shop >/dev/null 2>&1 || true
kubectl config set-context --current --namespace=shop >/dev/null

marks='labels: {app.kubernetes.io/managed-by: cognito-client-operator, cognito.appclients.dev/client-uid: UID}
  annotations: {cognito.appclients.dev/client: shop/OWNER, cognito.appclients.dev/client-id: 3abc, cognito.appclients.dev/inputs: INPUTS, cognito.appclients.dev/values: VALUES}'
reference='ownerReferences: [{apiVersion: cognito.appclients.dev/v1beta1, kind: UserPoolClient, name: OWNER, uid: UID, controller: true, blockOwnerDeletion: false}]'
keys='authorization-uri: eA==, client-id: M2FiYw==, client-secret: Y2FuYXJ5LTUxdDBtazFsOGtxMnYz, domain: eA==, issuer: eA==, jwks-uri: eA==, logout-uri: eA==, redirect-uri: eA==, region: eA==, scopes: eA==, token-uri: eA==, user-info-uri: eA==, user-pool-id: eA=='

manifest() { # owner uid reference type
  printf 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: web\n  namespace: shop\n  %s\n  %s\ntype: %s\ndata: {%s}\n' "$marks" "$3" "$4" "$keys" \
    | sed "s/OWNER/$1/; s/OWNER/$1/; s/UID/$2/; s/UID/$2/"
}
us=11111111-2222-3333-4444-555555555555
former=99999999-2222-3333-4444-555555555555
manifest web $us "$reference" Opaque >"$work/web.yaml"
fresh() { kubectl delete secret web --ignore-not-found >/dev/null; kubectl create -f "$work/web.yaml" "${ours[@]}" >/dev/null; }
reapply() { kubectl apply --server-side --force-conflicts "${ours[@]}" -f "$work/web.yaml" >/dev/null; }
patch() { kubectl patch secret web --type merge -p "$1" >/dev/null; }
string_data() { printf 'apiVersion: v1\nkind: Secret\nmetadata: {name: web, namespace: shop}\nstringData: {%s: theirs}\n' "$1" \
  | kubectl apply --server-side --field-manager=argocd -f - >/dev/null; }
record() { kubectl get secret web -o yaml --show-managed-fields >"$1.yaml"; }
from() { kubectl delete secret web --ignore-not-found >/dev/null; kubectl create -f - --field-manager="$1" >/dev/null; }

fresh; record created
reapply; record created-then-applied
kubectl delete secret web >/dev/null; reapply; record applied
fresh; patch '{"data":{"theirs":"eA=="},"metadata":{"labels":{"theirs":"x"},"annotations":{"theirs":"x"}}}'; record others-added-their-own
fresh; string_data theirs; record string-data-added-a-key
fresh; patch '{"data":{"client-secret":"eA=="}}'; record value-patched
fresh; kubectl get secret web -o yaml | sed 's/issuer: eA==/issuer: eQ==/' | kubectl replace -f - >/dev/null; record value-replaced
fresh; patch '{"data":{"issuer":null}}'; record key-removed
fresh; patch '{"data":null}'; record all-keys-removed
fresh; string_data client-secret; record string-data-changed-a-value
reapply; record string-data-changed-a-value-then-restored
fresh; kubectl label secret web cognito.appclients.dev/client-uid- >/dev/null; record label-removed
fresh; kubectl label secret web app.kubernetes.io/managed-by=me --overwrite >/dev/null; record label-changed
fresh; kubectl annotate secret web cognito.appclients.dev/inputs=x --overwrite >/dev/null; record inputs-changed
fresh; kubectl annotate secret web cognito.appclients.dev/inputs- >/dev/null; record inputs-removed
fresh; kubectl annotate secret web cognito.appclients.dev/client-id=4def --overwrite >/dev/null; record client-id-changed
fresh; patch '{"metadata":{"ownerReferences":null}}'; record owner-removed
fresh; patch '{"immutable":true}'; record immutable
fresh; patch '{"data":{"client-secret":"eA=="},"immutable":true}'; record immutable-with-changed-value
fresh; kubectl label secret web cognito.appclients.dev/client-uid=me --overwrite >/dev/null; patch '{"immutable":true}'; record immutable-with-changed-label
fresh; patch '{"metadata":{"finalizers":["example.com/hold"]}}'; kubectl delete secret web --wait=false >/dev/null; record being-deleted; patch '{"metadata":{"finalizers":null}}'
manifest web $us "$reference" example.com/other | from cognito-client-operator; record of-another-type
manifest web $us "" Opaque | from cognito-client-operator; record retained
manifest web $us "" Opaque | from kubectl-create; record forged-marks
manifest web $us "$reference" Opaque | from kubectl-create; record forged-marks-and-owner
kubectl delete secret web >/dev/null; kubectl create secret generic web --from-literal=a=b >/dev/null; record of-another-tool
manifest admin $former "$reference" Opaque | from cognito-client-operator; record of-another-client
manifest admin $former "" Opaque | from cognito-client-operator; record of-another-client-retained
manifest web $former "$reference" Opaque | from cognito-client-operator; record of-former-client
manifest web $former "" Opaque | from velero-server; record of-former-client-restored
manifest web $us "${reference/UserPoolClient/ExternalSecret}" Opaque | sed "s/uid: $us, controller/uid: $former, controller/" | from cognito-client-operator; record taken-over
kubectl delete secret web >/dev/null
