#!/usr/bin/env bash
# The contract suites on real servers, started for it, and what differs from the stand-ins.
#
#   scripts/workflows/run-contracts.sh FOLDER
#
# FOLDER gets contracts.json, the findings. A suite that fails is a finding; servers that do not start are one, too.
set -euo pipefail

folder=${1:?folder for the findings}
mkdir -p "$folder"
private=$(mktemp -d)
trap 'rm -rf "$private"' EXIT

say_unstarted() {
  jq -n --arg body "$1 The log of the run below says more." '[{
    key: "services", title: "Nightly contracts: the servers or suites did not start", body: $body
  }]' >"$folder/contracts.json"
  printf '::error::%s\n' "$1"
  exit 1
}

scripts/nightly/prepare-services.sh "$private/services.env" ||
  say_unstarted 'The servers of services/compose.yaml did not start, so nothing was compared.'
set -a
# shellcheck source=/dev/null
. "$private/services.env"
set +a

ended=0
./dev nightly-contracts --report "$private/report.json" || ended=$?
[ "$ended" -lt 2 ] || say_unstarted "The contract suites were not run: ./dev nightly-contracts ended with $ended."
./dev nightly-divergences "$private/report.json" >"$folder/contracts.json" ||
  say_unstarted 'The report of the contract suites cannot be read.'
exit "$ended"
