#!/usr/bin/env bash
# Provides etcd, kube-apiserver, kube-controller-manager and kubectl. Prints the directory that holds them, and nothing
# else, on stdout; progress goes to stderr. Asked first to last:
#   1. the directory that CONTROL_PLANE_BIN names
#   2. the cache: ${COGNITO_CLIENT_OPERATOR_CACHE:-${XDG_CACHE_HOME:-~/.cache}/cognito-client-operator}/control-plane
#   3. the official downloads, each checked against the checksum that its project publishes
#   4. a build from the Go modules that go.mod and go.sum beside this file pin
# Sources 3 and 4 fill the cache: in a directory of their own, renamed when it is complete, so that an interrupted run
# leaves nothing half-done. Two runs at once wait for each other where flock is installed; without it the first to finish wins.
set -euo pipefail

readonly here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# go.mod is where the versions stand: what is downloaded and what is built cannot differ.
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
    say "CONTROL_PLANE_BIN=$CONTROL_PLANE_BIN is passed over: it has no executable" $(missing_in "$CONTROL_PLANE_BIN")
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
      # An unreachable host stays unreachable; a file that is not there (darwin has kubectl alone) says nothing about the next.
      grep -q '(22)' "$work/why" && continue
      return 0
    fi
    say "downloading $binary $kubernetes"
    if ! fetch "$base/$binary" "$work/$binary" 2>"$work/why"; then
      say "no $binary from dl.k8s.io: $(head -n 1 "$work/why")"
    elif ! matches "$work/$binary" "$(awk '{print $1}' "$work/sum")"; then
      say "the $binary of dl.k8s.io does not have its published checksum and is thrown away"
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
    say "the etcd of github.com does not have its published checksum and is thrown away"
  else
    case $archive in
      *.zip) unzip -q "$work/$archive" -d "$work" ;;
      *) tar -xzf "$work/$archive" -C "$work" ;;
    esac
    keep "$work/etcd-$etcd-$os-$arch/etcd" etcd
  fi
}

keep() { chmod +x "$1" && mv "$1" "$stage/$2"; }

# What the release scripts of Kubernetes put into the binaries; without it the API server calls itself v0.0.0.
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
  say "building from the Go modules with $(go env GOVERSION): once, about five minutes on two cores"
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
  say "do one of these, then try again:"
  say "  - allow https to dl.k8s.io and github.com, and have curl"
  say "  - install Go $(awk '$1 == "go" {print $2; exit}' "$here/go.mod") or newer (https://go.dev/dl) and allow it its module proxy"
  say "  - put $binaries into one directory and name it: CONTROL_PLANE_BIN=<directory>"
}

found && exit 0

mkdir -p "$cache"
if command -v flock >/dev/null; then
  exec 9>"$cache/.lock"
  if ! flock --nonblock 9; then
    say "another run is installing it; waiting"
    flock 9
    found && exit 0
  fi
  # The lock is ours, so what an interrupted run left is nobody's.
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
