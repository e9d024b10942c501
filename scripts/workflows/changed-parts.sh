#!/usr/bin/env bash
# What a push changed, as far as it decides what is deployed: prints `nothing` (words alone), `functions` (nothing else
# that is deployed) or `everything`.
#
#   scripts/workflows/changed-parts.sh BEFORE AFTER    commits; BEFORE may be unknown or all zeros
set -euo pipefail

before=${1:?the commit before} after=${2:?the commit after}
if ! git cat-file -e "$before^{commit}" 2>/dev/null; then
  echo everything # A new branch, or one whose history was rewritten.
  exit 0
fi

parts=nothing
while IFS= read -r -d '' path; do
  case "$path" in
    *.md | .github/* | LICENSE | */test/* | *.test.ts) ;;
    # Accounts, callers and schedules of functions come out of it, by Terraform.
    functions/manifest.json) parts=everything ;;
    functions/*) [ "$parts" = everything ] || parts=functions ;;
    *) parts=everything ;;
  esac
done < <(git diff --name-only --no-renames -z "$before" "$after")
echo "$parts"
