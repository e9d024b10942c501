#!/usr/bin/env bash
# Deploys one environment and leaves behind what a person has to look at, however it ends.
#
#   scripts/workflows/deploy.sh ENVIRONMENT FOLDER [--only functions]
#
# FOLDER gets outcome.json, what `./dev deploy` says of the end, and ENVIRONMENT.json, the findings for the issues.
# FOLDER lies outside the checkout, which has to be what a commit says. Exit code 0: the environment is healthy.
set -euo pipefail

environment=${1:?name of the environment} folder=${2:?folder for what it says}
shift 2
mkdir -p "$folder"

ended=0
./dev deploy --env "$environment" --yes --outcome "$folder/outcome.json" "$@" || ended=$?
# What stands there may be cut off, or nothing: then that is the finding.
./dev workflow-findings deployment --environment "$environment" --exit-code "$ended" "$folder/outcome.json" \
  >"$folder/$environment.json"

jq -r '.[] | "### \(.title)\n\n\(.body)"' "$folder/$environment.json" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
[ "$ended" = 0 ] || printf '::error::%s was not deployed, or not well; the issue says what to do.\n' "$environment"
exit "$ended"
