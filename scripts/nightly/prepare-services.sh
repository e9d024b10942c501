#!/usr/bin/env bash
# Starts the real MongoDB, Qdrant and Rocket.Chat of services/compose.yaml, empty and under fresh keys, and makes a bot.
#
#   scripts/nightly/prepare-services.sh services.env
#   set -a; . ./services.env; set +a
#
# The file names the servers for ./dev nightly-contracts, and only its owner may read it. What an earlier run left is
# removed first; a stack that was started by hand has other volumes and is not touched. Needs Docker with Compose.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
SECONDS_MAX=600 # Pulling takes a minute or two, Rocket.Chat's first start another two.

fail() {
  printf 'prepare-services: %s\n' "$*" >&2
  exit 1
}

[ $# -eq 1 ] || fail "say the file to write, as in: scripts/nightly/prepare-services.sh services.env"
command -v docker >/dev/null || fail "there is no docker on the PATH; its engine and Compose 2 are needed."
FILE=$1

key() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
compose() { docker compose --project-name innkeeper-nightly --file "$ROOT/services/compose.yaml" "$@"; }
# GitHub replaces what is named so in all that follows.
hide() { if [ "${GITHUB_ACTIONS:-}" = true ]; then printf '::add-mask::%s\n' "$1"; fi; }

QDRANT_API_KEY=$(key)
QDRANT_READ_ONLY_API_KEY=$(key)
ROCKETCHAT_ADMIN_PASSWORD=$(key)
ROCKETCHAT_URL=${ROCKETCHAT_URL:-http://127.0.0.1:3000}
export QDRANT_API_KEY ROCKETCHAT_ADMIN_PASSWORD ROCKETCHAT_URL
export QDRANT__SERVICE__READ_ONLY_API_KEY=$QDRANT_READ_ONLY_API_KEY
for secret in "$QDRANT_API_KEY" "$QDRANT_READ_ONLY_API_KEY" "$ROCKETCHAT_ADMIN_PASSWORD"; do hide "$secret"; done

compose down --volumes --remove-orphans >&2
if ! compose up --detach --wait --wait-timeout "$SECONDS_MAX" >&2; then
  compose ps >&2 || true
  compose logs --tail 60 >&2 || true
  fail "the servers did not become healthy within $SECONDS_MAX seconds; their last words are above."
fi

CHAT=$(cd "$ROOT" && ./dev nightly-chat) || fail "Rocket.Chat runs, but no bot could be made on it."
while IFS='=' read -r name value; do
  case "$name" in *TOKEN) hide "$value" ;; esac
done <<<"$CHAT"

umask 077
rm -f "$FILE"
cat >"$FILE" <<END
MONGODB_URI='mongodb://127.0.0.1:27017/?replicaSet=rs0'
QDRANT_URL=http://127.0.0.1:6333
QDRANT_API_KEY=$QDRANT_API_KEY
QDRANT_READ_ONLY_API_KEY=$QDRANT_READ_ONLY_API_KEY
$CHAT
END
printf 'prepare-services: %s names three servers.\n' "$FILE" >&2
