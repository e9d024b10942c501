#!/usr/bin/env bash
# The environments that were brought up, as a JSON list: those whose values hold no placeholder any more.
# With an argument only those where that is deployed, too: functions, swarm or workers.
#
#   scripts/workflows/live-environments.sh [functions|swarm|workers]    prints ["dev","prod"]
set -euo pipefail

deployed=${1:-}
case "$deployed" in '' | functions | swarm | workers) ;; *)
  printf '"%s" is nothing that is deployed: functions, swarm or workers.\n' "$deployed" >&2
  exit 2
  ;;
esac

files=()
for environment in dev staging prod; do
  file="terraform/environments/$environment/terraform.tfvars.json"
  [ ! -f "$file" ] || files+=("$file")
done
jq -cn --arg deployed "$deployed" '
  [inputs
    | select(.google.project_number != "123456789012" and ($deployed == "" or .deployed[$deployed]))
    | .environment]
' ${files[@]+"${files[@]}"} </dev/null
