#!/usr/bin/env bash
# The one job that branch protection asks for: fails unless every job it needs went well.
#
#   NEEDS='{"tests":{"result":"success"}}' MAY_SKIP='plan' scripts/workflows/require-success.sh
#
# NEEDS is the context `needs` as JSON; MAY_SKIP names jobs, separated by blanks, that have nothing to do at times.
set -euo pipefail

: "${NEEDS:?the context needs as JSON}"
problems=$(jq -r --arg skippable "${MAY_SKIP:-}" '
  if length == 0 then "No job was needed, so nothing was looked at." else empty end,
  (to_entries[]
    | select(.value.result != "success")
    | select((.value.result == "skipped" and (.key | IN($skippable | splits(" +")))) | not)
    | "\(.key) ended with: \(.value.result)")
' <<<"$NEEDS")
if [ -n "$problems" ]; then
  while IFS= read -r problem; do printf '::error::%s\n' "$problem"; done <<<"$problems"
  exit 1
fi
echo 'Every required job went well.'
