# The functions that src/test/control-plane/install.sh and src/test/tools/install.sh share. The sourcing script sets `label`.
# It runs with bash 3.2 too, the version of macOS.

: "${HOME:=$(cd ~ && pwd)}"
export HOME
readonly cache_root=${COGNITO_CLIENT_OPERATOR_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/cognito-client-operator}
readonly connect_timeout=5
unreachable=' '

# Prints to stderr, with the seconds since the start of the script.
say() { printf '%s: [%3d s] %s\n' "$label" "$SECONDS" "$*" >&2; }

# pinned GO.MOD MODULE prints the version that the go.mod requires.
pinned() { awk -v module="$2" '$1 == module && $2 ~ /^v/ {print $2; exit}' "$1"; }

# missing_in DIRECTORY NAME... prints the names without an executable file there.
missing_in() {
  local directory=$1 name
  shift
  for name in "$@"; do [ -x "$directory/$name" ] || echo "$name"; done
}

# complete DIRECTORY NAME...
complete() { [ -z "$(missing_in "$@")" ]; }

# Sets os and arch, in the words of Go.
platform() {
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  case $(uname -m) in
    x86_64 | amd64) arch=amd64 ;;
    aarch64 | arm64) arch=arm64 ;;
    *) arch=$(uname -m) ;;
  esac
}

# lock DIRECTORY: waits until no other run installs there. Without flock, the first run to finish wins.
lock() {
  mkdir -p "$1"
  if command -v flock >/dev/null; then
    exec 9>"$1/.lock"
    if ! flock --nonblock 9; then
      say "waiting for another run that installs it"
      flock 9
    fi
    # This run holds the lock, so a leftover directory belongs to an interrupted run.
    rm -rf "$1"/.stage.*
  fi
}

# open_stage DIRECTORY: sets stage and work, two temporary directories in it, which the end of the script deletes.
open_stage() {
  stage=$(mktemp -d "$1/.stage.XXXXXX")
  work=$stage/.work
  trap 'rm -rf "$stage"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  mkdir "$work"
  chmod 755 "$stage"
}

# keep FILE NAME: moves a finished program to the stage.
keep() { chmod +x "$1" && mv "$1" "$stage/$2"; }

# fetch NAME URL FILE: downloads a file. A host that cannot be reached is not tried again. Returns 22 if the host lacks the file.
fetch() {
  local host=${2#https://} code=0
  host=${host%%/*}
  case $unreachable in *" $host "*) return 7 ;; esac
  curl --fail --silent --show-error --location --connect-timeout "$connect_timeout" --retry 0 -o "$3" "$2" 2>"$work/why" || code=$?
  if [ $code -ne 0 ]; then
    say "no $1 from $host: $(head -n 1 "$work/why")"
    [ $code -eq 22 ] || unreachable="$unreachable$host "
  fi
  return $code
}

# matches FILE SHA256
matches() {
  if command -v sha256sum >/dev/null; then echo "$2  $1" | sha256sum --check --status; else echo "$2  $1" | shasum -a 256 --check --status; fi
}

# download NAME URL FILE URL-OF-CHECKSUMS: downloads a file and checks it. The checksums have one line, or a line that ends with the file's name.
download() {
  fetch "$1" "$4" "$work/sums" || return
  local sum file=${2##*/}
  sum=$(awk -v file="$file" '{sub(/^\*/, "", $2)} NF == 1 || $2 == file {print $1; exit}' "$work/sums")
  say "downloading $1"
  fetch "$1" "$2" "$3" || return
  if ! matches "$3" "$sum"; then
    say "$file does not match its published checksum and is discarded"
    rm -f "$3"
    return 1
  fi
}

# go_build DIRECTORY LDFLAGS TAGS PROGRAM=PACKAGE...: builds programs from the versions that go.mod and go.sum in the directory pin.
# One command builds all of them, so that it compiles packages of one program while it links another. The programs are stripped, so the
# compiler writes no debugging information either, which is faster. It also collects its garbage less often, for at most a few GiB of memory.
go_build() {
  local directory=$1 ldflags=$2 tags=$3 started=$SECONDS names='' packages='' pair
  shift 3
  for pair in "$@"; do
    names="$names ${pair%%=*}"
    packages="$packages ${pair#*=}"
  done
  say "building$names"
  mkdir -p "$work/built"
  # Neither names nor packages contain spaces.
  if ! (cd "$directory" && GOFLAGS='' GOGC=300 GOWORK=off CGO_ENABLED=0 go build -mod=readonly -buildvcs=false -trimpath -pgo=off -tags "$tags" \
    -gcflags=all=-dwarf=false -ldflags "-s -w $ldflags" -o "$work/built/" $packages 2>"$work/why"); then
    say "go could not build$names:"
    grep -v '^go: downloading' "$work/why" | tail -n 5 >&2
    return 1
  fi
  for pair in "$@"; do keep "$work/built/$(program_of "${pair#*=}")" "${pair%%=*}"; done
  say "built$names in $((SECONDS - started)) s"
}

# The name that go gives to a program: the last part of the package without a version.
program_of() {
  local package=$1
  case ${package##*/} in v[0-9]*) package=${package%/*} ;; esac
  echo "${package##*/}"
}

# publish DIRECTORY NAME...: moves the complete stage to the directory, in one step, so an interrupted run leaves no partial directory.
publish() {
  # bash 3.2 refuses a local variable with the name of a readonly one, such as `target` of a script that sources this.
  local place=$1
  shift
  rm -rf "$work"
  if ! complete "$place" "$@"; then
    rm -rf "$place"
    mv "$stage" "$place"
  fi
}
