#!/usr/bin/env bash
# Which environments this run deploys to, one after the other. A push to main goes to dev and staging, where all that
# it deploys is there: one that is being brought up is left to whoever does that. A person names one; prod takes a tag
# on main alone, whose name has to be typed again: the gate for those whose plan of GitHub has no reviewers, and a
# second look for those who have them.
#
#   EVENT=push BEFORE=… AFTER=… FOR=everything|functions scripts/workflows/choose-environments.sh
#   EVENT=workflow_dispatch WANTED=prod CONFIRMED=v1.4.0 REF_TYPE=tag REF_NAME=v1.4.0 \
#     scripts/workflows/choose-environments.sh
#
# To $GITHUB_OUTPUT: environments=["dev","staging"]; [] where there is nothing to do.
set -euo pipefail

: "${EVENT:?what started the run}" "${GITHUB_OUTPUT:?}"
here=$(dirname "${BASH_SOURCE[0]}")

refuse() {
  printf '::error::%s\n' "$1"
  exit 1
}
choose() {
  printf 'environments=%s\n' "$1" >>"$GITHUB_OUTPUT"
  printf '%s\n' "$2" | tee -a "${GITHUB_STEP_SUMMARY:-/dev/null}"
  exit 0
}

case "$EVENT" in
  push)
    : "${FOR:?everything or functions}"
    parts=$("$here/changed-parts.sh" "${BEFORE:?}" "${AFTER:?}")
    [ "$parts" = "$FOR" ] ||
      choose '[]' "This push changed $parts; this workflow deploys $FOR, so there is nothing to do."
    live=$("$here/live-environments.sh" "$FOR")
    chain=$(jq -c '. - ["prod"]' <<<"$live")
    places=$(jq -r 'if . == [] then "no environment: none is complete" else join(", then ") end' <<<"$chain")
    choose "$chain" "This push changed $parts. It goes to: $places."
    ;;
  workflow_dispatch)
    wanted=${WANTED:?which environment}
    live=$("$here/live-environments.sh")
    jq -e --arg wanted "$wanted" 'index($wanted)' <<<"$live" >/dev/null ||
      refuse "The environment \"$wanted\" was never brought up, or is none. There are: $live."
    if [ "$wanted" = prod ]; then
      [ "${REF_TYPE:-}" = tag ] || refuse 'prod is deployed from a tag: choose one under "Use workflow from".'
      git merge-base --is-ancestor "refs/tags/${REF_NAME:?}^{commit}" refs/remotes/origin/main ||
        refuse "The tag $REF_NAME is not on main: what prod runs has gone through dev and staging."
      [ "${CONFIRMED:-}" = "$REF_NAME" ] || refuse "Type the tag to confirm: \"$REF_NAME\", not \"${CONFIRMED:-}\"."
    fi
    choose "$(jq -cn '$ARGS.positional' --args -- "$wanted")" "Somebody asked for $wanted."
    ;;
  *) refuse "Nothing is deployed on the event \"$EVENT\"." ;;
esac
