#!/usr/bin/env bash
# Provides etcd, kube-apiserver, kube-controller-manager and kubectl. Prints only their directory to stdout, and progress
# to stderr. With --find it installs nothing, and fails if they are missing. The sources, in order:
#   1. the directory in CONTROL_PLANE_BIN
#   2. the cache: ${COGNITO_CLIENT_OPERATOR_CACHE:-${XDG_CACHE_HOME:-~/.cache}/cognito-client-operator}/control-plane
#   3. the official downloads, each checked against the published checksum
#   4. a build from the Go modules that go.mod and go.sum beside this file pin
# Sources 3 and 4 fill a temporary directory and rename it to the cache when it is complete, so an interrupted run leaves no
# partial cache. If flock is installed, concurrent runs wait for each other. Without flock, the first run to finish wins.
set -euo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly label='control plane'
. "$here/../tools/common.sh"
# Only go.mod contains the versions, so downloads and builds have the same ones.
readonly kubernetes=$(pinned "$here/go.mod" k8s.io/kubernetes)
readonly etcd=$(pinned "$here/go.mod" go.etcd.io/etcd/server/v3)
readonly binaries='etcd kube-apiserver kube-controller-manager kubectl'
readonly cache=$cache_root/control-plane
readonly target=$cache/${kubernetes#v}

found() {
  if [ -n "${CONTROL_PLANE_BIN:-}" ]; then
    if complete "$CONTROL_PLANE_BIN" $binaries; then
      (cd "$CONTROL_PLANE_BIN" && pwd)
      return
    fi
    say "CONTROL_PLANE_BIN=$CONTROL_PLANE_BIN is ignored: it lacks the executables" $(missing_in "$CONTROL_PLANE_BIN" $binaries)
  fi
  complete "$target" $binaries && echo "$target"
}

download_kubernetes() {
  local base=https://dl.k8s.io/$kubernetes/bin/$os/$arch binary
  # darwin has only kubectl, so the next file is tried after a missing one.
  for binary in kube-apiserver kube-controller-manager kubectl; do
    download "$binary" "$base/$binary" "$work/$binary" "$base/$binary.sha256" && keep "$work/$binary" "$binary"
  done
  return 0
}

download_etcd() {
  local base=https://github.com/etcd-io/etcd/releases/download/$etcd archive=etcd-$etcd-$os-$arch.tar.gz
  [ "$os" = linux ] || archive=${archive%.tar.gz}.zip
  download etcd "$base/$archive" "$work/$archive" "$base/SHA256SUMS" || return 0
  case $archive in
    *.zip) unzip -q "$work/$archive" -d "$work" ;;
    *) tar -xzf "$work/$archive" -C "$work" ;;
  esac
  keep "$work/etcd-$etcd-$os-$arch/etcd" etcd
}

# The version flags of the Kubernetes release scripts. Without them the API server reports v0.0.0.
version_flags() {
  local package minor=${kubernetes#v*.}
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    printf -- '-X %s.gitVersion=%s -X %s.gitMajor=1 -X %s.gitMinor=%s -X %s.gitTreeState=clean ' \
      "$package" "$kubernetes" "$package" "$package" "${minor%%.*}" "$package"
  done
}

build() {
  local binary packages=''
  if ! command -v go >/dev/null; then
    say "cannot build from the Go modules: go is not on the PATH"
    return 0
  fi
  say "building from the Go modules with $(go env GOVERSION): once, takes about five minutes on two cores"
  for binary in $(missing_in "$stage" $binaries); do
    case $binary in
      etcd) packages="$packages etcd=go.etcd.io/etcd/server/v3" ;;
      *) packages="$packages $binary=k8s.io/kubernetes/cmd/$binary" ;;
    esac
  done
  go_build "$here" "$(version_flags)" '' $packages || return 0
}

advise() {
  say "still missing:" $(missing_in "$stage" $binaries)
  say "do one of the following, then retry:"
  say "  - allow https to dl.k8s.io and github.com, and install curl"
  say "  - install Go $(awk '$1 == "go" {print $2; exit}' "$here/go.mod") or newer (https://go.dev/dl) and allow access to its module proxy"
  say "  - put $binaries into one directory and set CONTROL_PLANE_BIN=<directory>"
}

found && exit 0
[ "${1:-}" != --find ] || exit 1
lock "$cache"
found && exit 0
open_stage "$cache"
platform
if command -v curl >/dev/null; then
  download_kubernetes
  download_etcd
else
  say "cannot download: curl is not on the PATH"
fi
complete "$stage" $binaries || build
if ! complete "$stage" $binaries; then
  advise
  exit 1
fi
publish "$target" $binaries
say "installed Kubernetes ${kubernetes} and etcd ${etcd} in $target"
echo "$target"
