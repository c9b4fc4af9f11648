# Runs a program as a container runtime does. UnpackedImage executes it as root of new user, mount and process namespaces.
# Arguments: the root file system, the directory of /tmp, pairs of a directory and its mount point, --, and the program.
set -eu
root=$1
tmp=$2
shift 2
mount --bind "$root" "$root"
mount --bind "$tmp" "$root/tmp"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
mount -t tmpfs -o mode=755 tmpfs "$root/dev"
for device in null zero full random urandom; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
for file in hosts resolv.conf; do
  if [ -e "/etc/$file" ]; then mount --bind "/etc/$file" "$root/etc/$file"; fi
done
while [ "$1" != -- ]; do
  mount --bind "$1" "$root$2"
  mount -o remount,bind,ro "$root$2"
  shift 2
done
shift
mount -o remount,bind,ro "$root"
# The second user namespace maps the user of the image, and the program starts without capabilities.
exec setpriv --no-new-privs unshare --user --map-user="$USER_ID" --map-group="$USER_ID" --root="$root" --wd=/ -- "$@"
