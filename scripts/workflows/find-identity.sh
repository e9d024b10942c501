#!/usr/bin/env bash
# Who this job is at Google, from the environment's own values: no key, and nothing to set by hand. Where there is no
# identity (a fork, a bot's pull request, an environment that was never brought up) it says so and ends well; a
# deployment cannot do without one and fails.
#
#   ENVIRONMENT=prod IDENTITY=plan|watch|deploy scripts/workflows/find-identity.sh
#
# To $GITHUB_OUTPUT: available=true|false, provider, account, project; reason where there is none.
set -euo pipefail

: "${ENVIRONMENT:?name of the environment}" "${IDENTITY:?plan, watch or deploy}" "${GITHUB_OUTPUT:?}"
values="terraform/environments/$ENVIRONMENT/terraform.tfvars.json"
PLACEHOLDER_NUMBER=123456789012

none() {
  printf 'available=false\nreason=%s\n' "$1" >>"$GITHUB_OUTPUT"
  printf '%s\n' "$1" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
  if [ "$IDENTITY" = deploy ]; then
    printf '::error::%s\n' "$1"
    exit 1
  fi
  printf '::notice::%s\n' "$1"
  exit 0
}

[ -f "$values" ] || none "There is no environment \"$ENVIRONMENT\": $values is missing."
read -r number project repository < <(
  jq -r '[.google.project_number, .google.project_id, .github.repository_id] | map(. // "-") | join(" ")' "$values"
)

# A pull request from elsewhere runs code that nobody has read, so GitHub gives it neither identity nor secrets.
if [ -n "${HEAD_REPOSITORY:-}" ] && [ "$HEAD_REPOSITORY" != "${GITHUB_REPOSITORY:-}" ]; then
  none "This pull request comes from the fork $HEAD_REPOSITORY, which has no identity: push its branch here for a plan."
fi
if [ "${GITHUB_ACTOR:-}" = 'dependabot[bot]' ]; then
  none 'A pull request of Dependabot has no identity: push anything to its branch to see what it would change.'
fi
if [ "$number" = "$PLACEHOLDER_NUMBER" ] || [ "$number" = - ] || [ "$project" = - ]; then
  none "The environment $ENVIRONMENT was never brought up: $values still holds placeholders (terraform/README.md)."
fi
if [ -n "${GITHUB_REPOSITORY_ID:-}" ] && [ "$repository" != "$GITHUB_REPOSITORY_ID" ]; then
  none "$values names repository $repository, and this is $GITHUB_REPOSITORY_ID: set github.repository_id and apply."
fi

{
  printf 'available=true\n'
  printf 'project=%s\n' "$project"
  printf 'provider=projects/%s/locations/global/workloadIdentityPools/github/providers/%s\n' "$number" "$IDENTITY"
  printf 'account=ci-%s@%s.iam.gserviceaccount.com\n' "$IDENTITY" "$project"
} >>"$GITHUB_OUTPUT"
