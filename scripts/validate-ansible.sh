#!/usr/bin/env bash
# Everything that can be said about ansible/ without an account, a server or Docker's engine.
set -euo pipefail

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
NODE_MAJOR_MIN=24

usage() {
  cat <<'USAGE'
Usage: scripts/validate-ansible.sh [--run-roles]

Lints ansible/, renders every file for every environment and asks each file's own reader, tries the firewall with real
packets, and gives it bad input. One line for each check; about a minute, and two more the first time.

  --run-roles  runs every role on an invented server instead, twice and in check mode: about five minutes

Needs root (invented servers have mounts and networks of their own), Node 24, Docker's client, and of Debian or Ubuntu
cloud-init iproute2 mmdebstrap nftables openssh-client postgresql python3-venv; names what it misses.
Ends with 0 when all is well, 1 when something is not, 2 when it was called wrongly or this machine lacks something.
USAGE
}

fail() {
  printf 'validate-ansible: %s\n' "$1" >&2
  exit 2
}

words=()
for word in "$@"; do
  case "$word" in
    -h | --help)
      usage
      exit 0
      ;;
    --run-roles) words+=("$word") ;;
    *) fail "It knows no \"$word\"; scripts/validate-ansible.sh --help says what it does." ;;
  esac
done

command -v node >/dev/null || fail "Node $NODE_MAJOR_MIN or newer is missing: nodejs.org has it."
major=$(node --version | sed -n 's/^v\([0-9]*\)\..*/\1/p')
[ "${major:-0}" -ge "$NODE_MAJOR_MIN" ] || fail "Node $(node --version) is too old: $NODE_MAJOR_MIN or newer is needed."
[ -d "$ROOT/packages/ansible-check/node_modules" ] ||
  fail 'The packages are not installed: ./dev --help, or pnpm install.'

# The rest of what it needs, ansible-check names itself.
exec node "$ROOT/packages/ansible-check/src/main.ts" "${words[@]}"
