#!/usr/bin/env bash
# Writes the one comment of a pull request, or brings it up to date.
#
#   PULL_REQUEST=12 GITHUB_TOKEN=… scripts/workflows/comment.sh FOLDER    what `./dev workflow-comment` reads
set -euo pipefail

folder=${1:?folder of what the jobs left behind}
: "${PULL_REQUEST:?}" "${GITHUB_TOKEN:?}"
body=$(mktemp)
trap 'rm -f "$body"' EXIT
./dev workflow-comment --run-url "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID" "$folder" >"$body"
./dev github-reports comment --pr "$PULL_REQUEST" --marker infrastructure --body-file "$body"
