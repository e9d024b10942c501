#!/usr/bin/env bash
# Brings the issues up to date with what the jobs of this run found.
#
#   SCOPE=drift EXPECTED='["dev","prod"]' [IN_TURN=true] [ALSO_CLOSES=deploy-functions] GITHUB_TOKEN=… \
#     scripts/workflows/report.sh
#
# The folder findings/ holds JOB.json for each job that came to its end. Where a job found no failure, the failure of
# the same job in the scope ALSO_CLOSES is mended as well.
set -euo pipefail

: "${SCOPE:?}" "${EXPECTED:?JSON list of jobs}" "${GITHUB_TOKEN:?}"
mkdir -p findings
options=()
[ "${IN_TURN:-false}" = true ] && options+=(--in-turn)
./dev github-reports issues sync-jobs --scope "$SCOPE" --from-folder findings --expected "$EXPECTED" \
  ${options[@]+"${options[@]}"} | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"

[ -n "${ALSO_CLOSES:-}" ] || exit 0
for file in findings/*.json; do
  if [ -f "$file" ] && jq -e 'all(.key != "failure")' "$file" >/dev/null; then
    ./dev github-reports issue close --key "$ALSO_CLOSES/$(basename "$file" .json)/failure"
  fi
done
