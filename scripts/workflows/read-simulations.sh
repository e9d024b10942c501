#!/usr/bin/env bash
# The nightly simulations as a matrix, and the names of the jobs that are to leave findings behind.
#
# To $GITHUB_OUTPUT: simulations=[{"name":…,"timeoutMinutes":…}], jobs=["contracts","simulation-NAME",…]
set -euo pipefail

PREPARATION_MINUTES=15 # for the toolchain, before the simulation itself begins
file=scripts/nightly/simulations.json
: "${GITHUB_OUTPUT:?}"
simulations=$(jq -ces --argjson preparation "$PREPARATION_MINUTES" '
  .[0]
  | if type == "array" and length > 0
      and all(.[]; (.name | test("^[a-z0-9-]+$")) and (.minutesMax | type == "number" and . > 0))
    then map({ name, timeoutMinutes: (.minutesMax + $preparation) })
    else error("every simulation has a name of a-z, 0-9 and hyphens, and minutesMax") end
' "$file") || {
  printf '::error::%s does not say which simulations there are.\n' "$file"
  exit 1
}
{
  printf 'simulations=%s\n' "$simulations"
  printf 'jobs=%s\n' "$(jq -c '["contracts"] + map("simulation-\(.name)")' <<<"$simulations")"
} >>"$GITHUB_OUTPUT"
