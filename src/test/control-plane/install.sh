#!/usr/bin/env bash
# Provides etcd, kube-apiserver, kube-controller-manager and kubectl. Prints only their directory to stdout, and progress
# to stderr. The sources, in order:
#   1. the directory in CONTROL_PLANE_BIN
#   2. the cache: ${COGNITO_CLIENT_OPERATOR_CACHE:-${XDG_CACHE_HOME:-~/.cache}/cognito-client-operator}/control-plane
#   3. the official downloads, each checked against the published checksum
#   4. a build from the Go modules that go.mod and go.sum beside this file pin
# Sources 3 and 4 fill a temporary directory and rename it to the cache when it is complete, so an interrupted run leaves no
# partial cache. If flock is installed, concurrent runs wait for each other. Without flock, the first run to finish wins.
set -euo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Only go.mod contains the versions, so downloads and builds have the same ones.
pinned() { awk -v module="$1" '$1 == module && $2 ~ /^v/ {print $2; exit}' "$here/go.mod"; }
readonly kubernetes=$(pinned k8s.io/kubernetes)
readonly etcd=$(pinned go.etcd.io/etcd/server/v3)
readonly binaries='etcd kube-apiserver kube-controller-manager kubectl'
readonly connect_timeout=5

: "${HOME:=$(cd ~ && pwd)}"
export HOME
readonly cache=${COGNITO_CLIENT_OPERATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cognito-client-operator}/control-plane
readonly target=$cache/${kubernetes#v}

say() { echo "control plane: $*" >&2; }
missing_in() { for binary in $binaries; do [ -x "$1/$binary" ] || echo "$binary"; done; }
complete() { [ -z "$(missing_in "$1")" ]; }

found() {
  if [ -n "${CONTROL_PLANE_BIN:-}" ]; then
    if complete "$CONTROL_PLANE_BIN"; then
      (cd "$CONTROL_PLANE_BIN" && pwd)
      return
    fi
    say "CONTROL_PLANE_BIN=$CONTROL_PLANE_BIN is ignored: it lacks the executables" $(missing_in "$CONTROL_PLANE_BIN")
  fi
  complete "$target" && echo "$target"
}

fetch() { curl --fail --silent --show-error --location --connect-timeout "$connect_timeout" --retry 0 -o "$2" "$1"; }

# matches FILE SHA256
matches() {
  if command -v sha256sum >/dev/null; then echo "$2  $1" | sha256sum --check --status; else echo "$2  $1" | shasum -a 256 --check --status; fi
}

platform() {
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) arch=$(uname -m) ;;
  esac
}

download_kubernetes() {
  local base=https://dl.k8s.io/$kubernetes/bin/$os/$arch binary
  for binary in kube-apiserver kube-controller-manager kubectl; do
    if ! fetch "$base/$binary.sha256" "$work/sum" 2>"$work/why"; then
      say "no $binary from dl.k8s.io: $(head -n 1 "$work/why")"
      # Continue after a missing file (darwin has only kubectl), but not after an unreachable host.
      grep -q '(22)' "$work/why" && continue
      return 0
    fi
    say "downloading $binary $kubernetes"
    if ! fetch "$base/$binary" "$work/$binary" 2>"$work/why"; then
      say "no $binary from dl.k8s.io: $(head -n 1 "$work/why")"
    elif ! matches "$work/$binary" "$(awk '{print $1}' "$work/sum")"; then
      say "the $binary from dl.k8s.io does not match its published checksum and is discarded"
    else
      keep "$work/$binary" "$binary"
    fi
  done
}

download_etcd() {
  local base=https://github.com/etcd-io/etcd/releases/download/$etcd archive=etcd-$etcd-$os-$arch.tar.gz
  [ "$os" = linux ] || archive=${archive%.tar.gz}.zip
  if ! fetch "$base/SHA256SUMS" "$work/sums" 2>"$work/why"; then
    say "no etcd from github.com: $(head -n 1 "$work/why")"
    return 0
  fi
  say "downloading etcd $etcd"
  if ! fetch "$base/$archive" "$work/$archive" 2>"$work/why"; then
    say "no etcd from github.com: $(head -n 1 "$work/why")"
  elif ! matches "$work/$archive" "$(awk -v file="$archive" '$2 == file {print $1}' "$work/sums")"; then
    say "the etcd from github.com does not match its published checksum and is discarded"
  else
    case $archive in
      *.zip) unzip -q "$work/$archive" -d "$work" ;;
      *) tar -xzf "$work/$archive" -C "$work" ;;
    esac
    keep "$work/etcd-$etcd-$os-$arch/etcd" etcd
  fi
}

keep() { chmod +x "$1" && mv "$1" "$stage/$2"; }

# The version flags of the Kubernetes release scripts. Without them the API server reports v0.0.0.
version_flags() {
  local package minor=${kubernetes#v*.}
  for package in k8s.io/component-base/version k8s.io/client-go/pkg/version; do
    printf -- '-X %s.gitVersion=%s -X %s.gitMajor=1 -X %s.gitMinor=%s -X %s.gitTreeState=clean ' \
      "$package" "$kubernetes" "$package" "$package" "${minor%%.*}" "$package"
  done
}

build() {
  local binary package started
  if ! command -v go >/dev/null; then
    say "cannot build from the Go modules: go is not on the PATH"
    return 0
  fi
  say "building from the Go modules with $(go env GOVERSION): once, takes about five minutes on two cores"
  for binary in $(missing_in "$stage"); do
    case $binary in
      etcd) package=go.etcd.io/etcd/server/v3 ;;
      *) package=k8s.io/kubernetes/cmd/$binary ;;
    esac
    say "building $binary"
    started=$SECONDS
    if ! (cd "$here" && GOFLAGS='' GOWORK=off CGO_ENABLED=0 go build -mod=readonly -buildvcs=false -trimpath \
      -ldflags "-s -w $(version_flags)" -o "$work/$binary" "$package" 2>"$work/why"); then
      say "go could not build $binary:"
      grep -v '^go: downloading' "$work/why" | tail -n 5 >&2
      return 0
    fi
    keep "$work/$binary" "$binary"
    say "built $binary in $((SECONDS - started)) s"
  done
}

advise() {
  say "still missing:" $(missing_in "$stage")
  say "do one of the following, then retry:"
  say "  - allow https to dl.k8s.io and github.com, and install curl"
  say "  - install Go $(awk '$1 == "go" {print $2; exit}' "$here/go.mod") or newer (https://go.dev/dl) and allow access to its module proxy"
  say "  - put $binaries into one directory and set CONTROL_PLANE_BIN=<directory>"
}

found && exit 0

mkdir -p "$cache"
if command -v flock >/dev/null; then
  exec 9>"$cache/.lock"
  if ! flock --nonblock 9; then
    say "waiting for another run that installs it"
    flock 9
    found && exit 0
  fi
  # This run holds the lock, so a leftover directory belongs to an interrupted run.
  rm -rf "$cache"/.stage.*
fi

readonly stage=$(mktemp -d "$cache/.stage.XXXXXX")
readonly work=$stage/.work
trap 'rm -rf "$stage"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
mkdir "$work"
chmod 755 "$stage"

platform
if command -v curl >/dev/null; then
  download_kubernetes
  download_etcd
else
  say "cannot download: curl is not on the PATH"
fi
complete "$stage" || build
if ! complete "$stage"; then
  advise
  exit 1
fi
rm -rf "$work"
if ! complete "$target"; then
  rm -rf "$target"
  mv "$stage" "$target"
fi
say "installed Kubernetes ${kubernetes} and etcd ${etcd} in $target"
echo "$target"
