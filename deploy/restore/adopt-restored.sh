#!/usr/bin/env bash
# Lets restored UserPoolClients continue with their app clients: adds spec.adopt to each, and the permission to its ClusterUserPool.
# Run it after the restore and before the operator starts, as a cluster administrator. Without --apply it only prints the changes.
set -euo pipefail

case ${1-} in
  '') apply=false ;;
  --apply) apply=true ;;
  *) echo "usage: $0 [--apply]" >&2; exit 2 ;;
esac

group=cognito.appclients.dev

# Secrets of clients, without copies: namespace, client, UID of the client, app client.
secrets() {
  kubectl get secrets --all-namespaces -l "$group/client-uid,!$group/claim-uid" -o go-template='{{range .items}}{{$secret := .}}{{
    with .metadata.annotations}}S {{$secret.metadata.namespace}} {{with index . "'$group'/client"}}{{.}}{{else}}-{{end}} {{
    index $secret.metadata.labels "'$group'/client-uid"}} {{with index . "'$group'/client-id"}}{{.}}{{else}}-{{end}}{{"\n"}}{{end}}{{end}}'
}

# UserPoolClients: client, UID, pool, adopted app client, app client in the status, creation, time of the condition Ready.
clients() {
  kubectl get userpoolclients.$group --all-namespaces -o go-template='{{range .items}}C {{.metadata.namespace}}/{{.metadata.name}} {{
    .metadata.uid}} {{.spec.userPoolRef.name}} {{with .spec.adopt}}{{.clientId}}{{else}}-{{end}} {{
    with .status}}{{with .clientId}}{{.}}{{else}}-{{end}}{{else}}-{{end}} {{.metadata.creationTimestamp}} {{
    with .status}}{{range .conditions}}{{if eq .type "Ready"}}{{.lastTransitionTime}}{{end}}{{end}}{{end}}{{"\n"}}{{end}}'
}

# Prints "client pool app-client has-status" for each restored object. A Secret with the UID of its object proves that the object is not
# restored. A condition older than its object came from a backup.
plan() {
  awk '
    $1 == "S" && index($3, $2 "/") == 1 && $5 != "-" { id[$3] = $5; own[$3, $4] }
    $1 == "C" && $5 == "-" && !(($2, $3) in own) {
      from_status = $6 != "-" && $8 != "" && $8 < $7 ? $6 : ""
      from_secret = ($2 in id) ? id[$2] : ""
      if (from_status != "" && from_secret != "" && from_status != from_secret) {
        print $2 ": skipped. The status names app client " from_status ", the Secret names " from_secret "." > "/dev/stderr"
        next
      }
      wanted = from_status != "" ? from_status : from_secret
      if (wanted == "") next
      n++; client[n] = $2; pool[n] = $4; app[n] = wanted; status[n] = from_status != "" ? "status" : "-"; uses[wanted]++
    }
    END {
      for (i = 1; i <= n; i++) {
        if (uses[app[i]] > 1) print client[i] ": skipped. Several objects name app client " app[i] "." > "/dev/stderr"
        else print client[i], pool[i], app[i], status[i]
      }
    }'
}

found=$({ secrets; clients; } | plan)
if [ -z "$found" ]; then
  echo 'no restored UserPoolClient found'
  exit 0
fi
while read -r client pool app _; do
  echo "$client adopts app client $app of ClusterUserPool $pool"
done <<<"$found"
if ! $apply; then
  echo 'nothing is changed. Check the list, then run with --apply'
  exit 0
fi

for pool in $(awk '{print $2}' <<<"$found" | sort -u); do
  {
    echo '['
    if [ -z "$(kubectl get clusteruserpools.$group "$pool" -o jsonpath='{.spec.adoption}')" ]; then
      echo '{"op": "add", "path": "/spec/adoption", "value": []},'
    fi
    awk -v pool="$pool" '$2 == pool {
      split($1, path, "/")
      printf "%s{\"op\": \"add\", \"path\": \"/spec/adoption/-\", \"value\": {\"clientId\": \"%s\"", comma, $3
      printf ", \"namespaces\": {\"from\": \"Names\", \"names\": [\"%s\"]}, \"modes\": [\"Observe\", \"Manage\"]}}\n", path[1]
      comma = ","
    }' <<<"$found"
    echo ']'
  } | kubectl patch clusteruserpools.$group "$pool" --type json --patch-file /dev/stdin
done

failed=0
while read -r client _ app status; do
  at=(userpoolclients.$group "${client#*/}" -n "${client%/*}")
  # The API server refuses adopt while a status names an app client.
  if [ "$status" = status ]; then
    kubectl patch "${at[@]}" --subresource status --type merge -p '{"status": null}' </dev/null || failed=1
  fi
  kubectl patch "${at[@]}" --type merge -p "{\"spec\": {\"adopt\": {\"clientId\": \"$app\"}}}" </dev/null || failed=1
done <<<"$found"
exit $failed
