#!/usr/bin/env bash
# One environment's Terraform plan, read only: takes no lock, because its identity could not write one, and applies
# nothing. The policies of packages/terraform-check judge what it says.
#
#   scripts/workflows/plan.sh ENVIRONMENT FOLDER
#
# FOLDER gets plan.txt (what a person reads), status (unchanged, changed or failed) and policies.txt. Exit code 0 with
# or without changes; 1 where there is no plan or a policy is broken. Credentials: GOOGLE_APPLICATION_CREDENTIALS,
# CLOUDFLARE_API_TOKEN, HCLOUD_TOKEN, TF_VAR_qdrant_cloud_api_key.
set -euo pipefail

environment=${1:?name of the environment} folder=${2:?folder for what it says}
stack="terraform/environments/$environment"
# Write-only: a plan never looks at it, but Terraform wants a value of that form.
export TF_VAR_webhook_password=${TF_VAR_webhook_password:-only-here-so-that-plans-can-be-made}
export TF_IN_AUTOMATION=1 TF_INPUT=0

mkdir -p "$folder"
folder=$(cd "$folder" && pwd)
saved=$(mktemp -d)
trap 'rm -rf "$saved"' EXIT

fail() {
  printf '%s\n' "$1" >>"$folder/plan.txt"
  echo failed >"$folder/status"
  printf '::error::%s\n' "$1"
  exit 1
}

: >"$folder/plan.txt"
[ -d "$stack" ] || fail "There is no environment \"$environment\"."
[ -f "$stack/.terraform.lock.hcl" ] ||
  fail "$stack/.terraform.lock.hcl is missing, so no provider is pinned: make and commit it (terraform/README.md)."
terraform -chdir="$stack" init -no-color -lockfile=readonly >>"$folder/plan.txt" 2>&1 ||
  fail 'terraform init failed. A token that has expired looks like this, too.'

outcome=0
terraform -chdir="$stack" plan -no-color -lock=false -detailed-exitcode -out="$saved/plan" \
  >"$folder/plan.txt" 2>&1 || outcome=$?
case "$outcome" in
  0) echo unchanged >"$folder/status" ;;
  2) echo changed >"$folder/status" ;;
  *) fail "terraform plan ended with $outcome." ;;
esac

terraform -chdir="$stack" show -json "$saved/plan" >"$saved/plan.json"
./dev terraform-check --plan "$saved/plan.json" --environment "$environment" >"$folder/policies.txt" 2>&1 || {
  echo failed >"$folder/status"
  cat "$folder/policies.txt"
  printf '::error::The plan of %s breaks a policy.\n' "$environment"
  exit 1
}
