#!/usr/bin/env bash
# Which credentials of an environment are old or run out soon.
#
#   scripts/workflows/read-reminders.sh ENVIRONMENT FILE    FILE gets JSON; nothing where it could not be said
#
# Ends well where some could not be asked about: a job's token may not list the secrets of GitHub's environments.
set -euo pipefail

environment=${1:?name of the environment} file=${2:?file for the reminders}
mkdir -p "$(dirname "$file")"
./dev secrets reminders --env "$environment" --json >"$file" || true
jq -es 'length == 1 and (.[0] | type == "array")' "$file" >/dev/null 2>&1 || {
  rm -f "$file"
  printf '::error::Nobody knows when the credentials of %s run out.\n' "$environment"
  exit 1
}
