#!/bin/sh
# In place of sops for invented secrets, which are not encrypted: prints the file it is given.
set -eu
case "$*" in
  *--version*)
    echo 'sops 3.11.0'
    exit 0
    ;;
esac
for last; do :; done
exec cat "$last"
