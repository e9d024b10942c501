#!/usr/bin/env bash
# One long simulation under a fresh seed; what it finds, or that it was cut off, is left behind for an issue.
#
#   scripts/workflows/run-simulation.sh NAME FOLDER
#
# FOLDER gets simulation-NAME.json, the findings.
set -euo pipefail

name=${1:?name of the simulation} folder=${2:?folder for the findings}
mkdir -p "$folder"
file="$folder/simulation-$name.json"

ended=0
./dev nightly-simulation "$name" --findings "$file" || ended=$?
if ! jq -es --argjson ended "$ended" '
  length == 1 and (.[0] | type == "array") and ($ended == 0 or .[0] != [])
' "$file" >/dev/null 2>&1; then
  jq -n --arg name "$name" --arg ended "$ended" '[{
    key: "cut-off",
    title: "The simulation \($name) did not run to its end",
    body: ("`./dev nightly-simulation \($name)` ended with \($ended) and found nothing, so nothing was shown. "
      + "The end of its log in the run below says why.")
  }]' >"$file"
  [ "$ended" != 0 ] || ended=1
fi
exit "$ended"
