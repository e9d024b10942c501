#!/usr/bin/env bash
# What a change means for the files on an environment's servers, offline and as root: roles are played on invented ones.
#
#   scripts/workflows/diff-servers.sh ENVIRONMENT BASE FILE    FILE gets Markdown
set -euo pipefail

environment=${1:?name of the environment} base=${2:?commit before the change} file=${3:?file for the Markdown}
# Installs the packages, as whatever is called through this door does first.
./dev github-reports --help >/dev/null
as_root=()
if [ "$(id -u)" != 0 ]; then as_root=(sudo --preserve-env=HOME env "PATH=$PATH"); fi
${as_root[@]+"${as_root[@]}"} scripts/generate-diff.sh --base "$base" --environment "$environment" --output "$file"
cat "$file" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
