#!/usr/bin/env bash
# Whether an environment could be restored from its backups as of now: what the real runs have proven. Changes nothing.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)

usage() {
  cat <<'USAGE'
Usage: scripts/backup-verify.sh --environment NAME [--freshness-hours 26] [--restore-days 8] [--repository] [--json]

Reads the documents of the backup runs and looks for a good backup that is fresh enough, files read back from it, and
a rebuilding of the databases that is recent enough. One sentence for each thing that is missing, with the next step.

  --environment NAME    dev, staging or prod: whose Google project is asked
  --freshness-hours N   how old the newest good backup may be
  --restore-days N      how old the newest rebuilding of the databases may be
  --repository          asks the vault, too, whether it holds that backup: VAULT_URL, VAULT_SIGNING_KEY,
                        RESTIC_PASSWORD
  --json                {restorable, lastGood, lastRebuilt, findings} instead of words

Needs Node 24 and Google credentials that may read the database ops; --repository needs restic.
Ends with 0 when it could be restored, 1 when not, 2 when that cannot be said or it was called wrongly; with 2 the
reason is on standard error and there is no JSON.
USAGE
}

fail() {
  printf 'backup-verify: %s\n' "$1" >&2
  exit 2
}

environment=
words=()
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help)
      usage
      exit 0
      ;;
    --environment | --freshness-hours | --restore-days)
      [ $# -ge 2 ] || fail "$1 needs a value."
      if [ "$1" = --environment ]; then environment=$2; else words+=("$1" "$2"); fi
      shift
      ;;
    --repository | --json) words+=("$1") ;;
    *) fail "It knows no \"$1\"; scripts/backup-verify.sh --help says what it does." ;;
  esac
  shift
done

[ -n "$environment" ] || fail 'Which environment? --environment dev, staging or prod.'
[[ "$environment" =~ ^[a-z][a-z0-9-]*$ ]] || fail "\"$environment\" is no name of an environment."
values="$ROOT/terraform/environments/$environment/terraform.tfvars.json"
[ -f "$values" ] || fail "There is no environment \"$environment\": terraform/environments has no such folder."
command -v node >/dev/null || fail 'Node 24 or newer is missing: nodejs.org has it.'

GOOGLE_CLOUD_PROJECT=$(node -p 'require(process.argv[1]).google.project_id.trim()' "$values" 2>/dev/null) ||
  fail "$values names no google.project_id."
export GOOGLE_CLOUD_PROJECT
exec node "$ROOT/services/backup-runner/operate/main.ts" verify ${words[@]+"${words[@]}"}
