#!/usr/bin/env bash
# What Ansible would change on the real servers of an environment, without changing it.
#
#   scripts/workflows/ansible-drift.sh ENVIRONMENT FOLDER
#
# After plan.sh, whose Terraform knows the servers' addresses; under with-ssh-key.sh. FOLDER gets ansible.md and
# ansible-status: unchanged, changed or failed. Exit code 0 with or without changes.
set -euo pipefail

environment=${1:?name of the environment} folder=${2:?folder for what it says}
mkdir -p "$folder"
echo failed >"$folder/ansible-status"

fail() {
  printf '%s\n' "$1" >"$folder/ansible.md"
  printf '::error::%s\n' "$1"
  exit 1
}

# Installs the packages, as whatever is called through this door does first.
./dev workflow-findings --help >/dev/null
inventory="ansible/inventory/$environment"
terraform -chdir="terraform/environments/$environment" output -json nodes >"$inventory.nodes.json" ||
  fail 'The addresses of the servers cannot be read from the state of Terraform.'
scripts/generate-diff.sh --environment "$environment" --inventory "$inventory" --output "$folder/ansible.md" ||
  fail 'The playbooks do not run in check mode. Are the servers reachable from this runner, and its key known to them?'

# The words of packages/ansible-check for a run in which no task would change anything.
if grep -q '^Nothing changes on the servers' "$folder/ansible.md"; then
  echo unchanged >"$folder/ansible-status"
else
  echo changed >"$folder/ansible-status"
fi
