#!/usr/bin/env bash
# The environments that were brought up, as a JSON list: those whose values hold no placeholder any more.
# With an argument only those where that is deployed, too: functions, swarm, workers, or everything.
#
#   scripts/workflows/live-environments.sh [functions|swarm|workers|everything]    prints ["dev","prod"]
set -euo pipefail

deployed=${1:-}
case "$deployed" in '' | functions | swarm | workers | everything) ;; *)
  printf '"%s" is nothing that is deployed: functions, swarm, workers or everything.\n' "$deployed" >&2
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
    | select(.google.project_number != "123456789012")
    | select($deployed == "" or .deployed[$deployed] or ($deployed == "everything" and all(.deployed[]; .)))
    | .environment]
' ${files[@]+"${files[@]}"} </dev/null
