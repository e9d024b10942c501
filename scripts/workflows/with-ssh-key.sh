#!/usr/bin/env bash
# Runs a command that may use one SSH key, and no longer: the key is held by an agent in memory, for these servers only.
#
#   DEPLOY_SSH_KEY=… SSH_KNOWN_HOSTS=… scripts/workflows/with-ssh-key.sh COMMAND…
#
# DEPLOY_SSH_KEY: a private key without a passphrase. SSH_KNOWN_HOSTS: lines of `ssh-keyscan`, compared by a person.
set -euo pipefail

[ $# -gt 0 ] || { echo 'Usage: with-ssh-key.sh COMMAND…' >&2 && exit 2; }
for name in DEPLOY_SSH_KEY SSH_KNOWN_HOSTS; do
  if [ -z "${!name:-}" ]; then
    printf '::error::%s is not set in this GitHub environment (.github/README.md says what belongs there).\n' "$name"
    exit 1
  fi
done

folder=$(mktemp -d)
agent=
stop() {
  if [ -n "$agent" ]; then kill "$agent" 2>/dev/null || true; fi
  rm -rf "$folder"
}
trap stop EXIT

eval "$(ssh-agent -s -a "$folder/agent")" >/dev/null
agent=$SSH_AGENT_PID
ssh-add -q - <<<"$DEPLOY_SSH_KEY" || {
  echo '::error::DEPLOY_SSH_KEY is no private key without a passphrase.'
  exit 1
}
printf '%s\n' "$SSH_KNOWN_HOSTS" >"$folder/known-hosts"
unset DEPLOY_SSH_KEY
export ANSIBLE_SSH_COMMON_ARGS="-o UserKnownHostsFile=$folder/known-hosts -o StrictHostKeyChecking=yes"

"$@"
