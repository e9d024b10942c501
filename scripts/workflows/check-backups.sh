#!/usr/bin/env bash
# Whether an environment could be restored from its backups, as findings; and the evidence itself.
#
#   scripts/workflows/check-backups.sh ENVIRONMENT FOLDER [--restore-days N …]
#
# FOLDER gets evidence.json, what scripts/backup-verify.sh says, and ENVIRONMENT.json, the findings.
# Exit code 0: it could.
set -euo pipefail

environment=${1:?name of the environment} folder=${2:?folder for what it says}
shift 2
mkdir -p "$folder"

# Installs the packages, as whatever is called through this door does first.
./dev workflow-findings --help >/dev/null
ended=0
scripts/backup-verify.sh --environment "$environment" --json "$@" >"$folder/evidence.json" || ended=$?
./dev workflow-findings backups --environment "$environment" --exit-code "$ended" "$folder/evidence.json" \
  >"$folder/$environment.json"
jq -r '.[] | "::error::\(.title)"' "$folder/$environment.json"
exit "$ended"
