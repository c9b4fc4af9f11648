#!/usr/bin/env bash
# Provides the tools that check what a cluster is given: helm 3, helm 4, kubeconform and promtool. Prints a line `name path` for each to
# stdout, and progress to stderr. With --find it installs nothing, and prints the installed ones. The sources, in order:
#   1. the directory in TOOLS_BIN, with the programs helm3, helm4, kubeconform and promtool
#   2. the cache: ${COGNITO_CLIENT_OPERATOR_CACHE:-${XDG_CACHE_HOME:-~/.cache}/cognito-client-operator}/tools
#   3. the official downloads, each checked against the published checksum
#   4. a build from the Go modules that the go.mod of each tool pins
# A finished tool stays in the cache if the next one fails. Concurrent runs wait for each other.
set -euo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly label=tools
. "$here/common.sh"
readonly cache=$cache_root/tools
readonly tools='helm3 helm4 kubeconform promtool'

module() {
  case $1 in
    helm3) echo helm.sh/helm/v3 ;;
    helm4) echo helm.sh/helm/v4 ;;
    kubeconform) echo github.com/yannh/kubeconform ;;
    promtool) echo github.com/prometheus/prometheus ;;
  esac
}

version() { pinned "$here/$1/go.mod" "$(module "$1")"; }

# The path of an installed tool.
path() {
  local cached
  cached=$cache/$1-$(version "$1")/$1
  if [ -n "${TOOLS_BIN:-}" ] && [ -x "$TOOLS_BIN/$1" ]; then
    echo "$(cd "$TOOLS_BIN" && pwd)/$1"
  elif [ -x "$cached" ]; then
    echo "$cached"
  fi
}

missing() {
  local tool
  for tool in $tools; do [ -n "$(path "$tool")" ] || echo "$tool"; done
}

print() {
  local tool
  for tool in $tools; do [ -z "$(path "$tool")" ] || echo "$tool $(path "$tool")"; done
}

# official TOOL VERSION prints the addresses of the archive and of its checksums, and the program's name in the archive.
official() {
  local releases name
  case $1 in
    helm3 | helm4)
      name=helm-$2-$os-$arch.tar.gz
      echo "https://get.helm.sh/$name https://get.helm.sh/$name.sha256sum $os-$arch/helm"
      ;;
    kubeconform)
      releases=https://github.com/yannh/kubeconform/releases/download/$2
      echo "$releases/kubeconform-$os-$arch.tar.gz $releases/CHECKSUMS kubeconform"
      ;;
    promtool)
      # The module v0.316.0 is the release 3.16.0: one digit, then two, then the patch.
      name=$(echo "${2#v}" | awk -F. '{printf "%d.%d.%d", $2 / 100, $2 % 100, $3}')
      releases=https://github.com/prometheus/prometheus/releases/download/v$name
      echo "$releases/prometheus-$name.$os-$arch.tar.gz $releases/sha256sums.txt prometheus-$name.$os-$arch/promtool"
      ;;
  esac
}

downloaded() {
  local archive sums program
  command -v curl >/dev/null || return
  read -r archive sums program <<<"$(official "$1" "$(version "$1")")"
  download "$1" "$archive" "$work/archive" "$sums" || return
  tar -xzf "$work/archive" -C "$work" "$program"
  keep "$work/$program" "$1"
}

# The version flags of the release scripts. Without the minor version of Kubernetes, `helm template` and `helm lint` of Helm 3 expect 1.20.
flags() {
  local version package
  version=$(version "$1")
  case $1 in
    helm*) printf -- '-X %s/internal/version.version=%s ' "$(module "$1")" "$version" ;;
    kubeconform) printf -- '-X main.version=%s ' "$version" ;;
    promtool) printf -- '-X github.com/prometheus/common/version.Version=%s ' "$version" ;;
  esac
  if [ "$1" = helm3 ]; then
    version=$(pinned "$here/helm3/go.mod" k8s.io/client-go)
    version=${version#v0.}
    for package in chartutil lint/rules; do
      printf -- '-X helm.sh/helm/v3/pkg/%s.k8sVersionMajor=1 -X helm.sh/helm/v3/pkg/%s.k8sVersionMinor=%s ' \
        "$package" "$package" "${version%%.*}"
    done
  fi
}

built() {
  local command=cmd/helm tags=''
  if ! command -v go >/dev/null; then
    say "cannot build $1 from its Go modules: go is not on the PATH"
    return 1
  fi
  case $1 in
    kubeconform) command=cmd/kubeconform ;;
    # The rule checks need no service discovery, which is most of the modules.
    promtool) command=cmd/promtool tags=remove_all_sd ;;
  esac
  go_build "$here/$1" "$(flags "$1")" "$tags" "$1=$(module "$1")/$command"
}

advise() {
  say "still missing:" $(missing)
  say "do one of the following, then retry:"
  say "  - allow https to get.helm.sh and github.com, and install curl"
  say "  - install Go $(awk '$1 == "go" {print $2; exit}' "$here/promtool/go.mod") or newer (https://go.dev/dl) and allow access to its module proxy"
  say "  - put $tools into one directory and set TOOLS_BIN=<directory>"
}

if [ "${1:-}" = --find ] || [ -z "$(missing)" ]; then
  print
  exit
fi

lock "$cache"
platform
for tool in $(missing); do
  open_stage "$cache"
  if downloaded "$tool" || built "$tool"; then
    publish "$cache/$tool-$(version "$tool")" "$tool"
    say "installed $tool $(version "$tool")"
  else
    rm -rf "$stage"
  fi
done
if [ -n "$(missing)" ]; then
  advise
  exit 1
fi
print
