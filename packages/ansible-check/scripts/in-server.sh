#!/usr/bin/env bash
# Runs a command beside an invented server: a copy-on-write layer over a prepared Debian, with its own mounts and
# network, all of which are gone when the command ends. To be started by
#   unshare --mount --net --propagation private in-server.sh LOWER WORK COMMAND …
# WORK/changes holds what was written.
set -euo pipefail

lower=$1
work=$2
shift 2

mkdir -p "$work/changes" "$work/scratch" "$work/root"
mount -t overlay overlay -o "lowerdir=$lower,upperdir=$work/changes,workdir=$work/scratch" "$work/root"
mount -t proc proc "$work/root/proc"
mount --rbind /dev "$work/root/dev"
# What Python compiles there is kept beside the Debian, for all servers made of it.
packages="$work/root/usr/lib/python3/dist-packages"
cp "$(dirname "${BASH_SOURCE[0]}")/compile_once.py" "$packages/"
echo 'import compile_once' > "$packages/compile_once.pth"
mkdir -p "$lower.compiled" "$work/root/var/cache/compiled-modules"
mount --bind "$lower.compiled" "$work/root/var/cache/compiled-modules"
# On a server that runs, sshd's own unit has made it.
mkdir -p "$work/root/run/sshd"
# What Debian had when it was prepared is what it has: there is no network to ask again, however long ago that was.
touch "$work/root/var/lib/apt/lists"
ip link set lo up

exec "$@"
