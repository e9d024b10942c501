#!/usr/bin/env bash
# What a change of ansible/ means for the servers of an environment, as Markdown for a pull request.
set -euo pipefail

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# All that is rendered is made of these.
SOURCES=(ansible services/docker-compose.mongo-listener.yml)

usage() {
  cat <<'USAGE'
Usage: scripts/generate-diff.sh --base REVISION --environment NAME --output FILE [--head REVISION]
       scripts/generate-diff.sh --inventory PATH --environment NAME --output FILE

Offline, with --base: renders the files of the environment's first server from both revisions of the repository that
it is called in, with invented secrets, and compares them. Needs root and what scripts/validate-ansible.sh needs.
With --inventory: asks the real servers, in Ansible's check mode. Needs ansible-playbook, SSH and the secrets' key.

  --base REVISION      what it was, such as origin/main
  --head REVISION      what it is to be (HEAD); what is not committed does not count
  --inventory PATH     such as ansible/inventory/prod
  --environment NAME   dev, staging or prod
  --output FILE        gets the Markdown, 60,000 characters at most; it says what was left out

No secret is in it: files that hold any are not compared, and tasks with any say nothing.
Ends with 0 when FILE is written, whether or not something changes, 1 when the playbooks fail, 2 when it was called
wrongly or something is missing.
USAGE
}

fail() {
  printf 'generate-diff: %s\n' "$1" >&2
  exit "${2:-2}"
}

base='' head=HEAD environment='' output='' inventory=''
while [ $# -gt 0 ]; do
  case "$1" in
    -h | --help)
      usage
      exit 0
      ;;
    --base | --head | --environment | --output | --inventory)
      [ $# -ge 2 ] || fail "$1 needs a value."
      printf -v "${1#--}" '%s' "$2"
      shift
      ;;
    *) fail "It knows no \"$1\"; scripts/generate-diff.sh --help says what it does." ;;
  esac
  shift
done

[[ "$environment" =~ ^[a-z][a-z0-9-]*$ ]] || fail 'Which environment? --environment dev, staging or prod.'
[ -n "$output" ] || fail 'Where to? --output FILE is missing.'
if [ -n "$base" ] && [ -n "$inventory" ]; then fail 'Either --base or --inventory: revisions, or the real servers.'; fi
if [ -z "$base" ] && [ -z "$inventory" ]; then fail 'Compared with what? --base REVISION, or --inventory PATH.'; fi
command -v node >/dev/null || fail 'Node 24 or newer is missing: nodejs.org has it.'
repository=$(git rev-parse --show-toplevel) || fail 'It has to be called in a git repository.'

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

compose() {
  node "$HERE/packages/ansible-check/src/diff/compose.ts" --environment "$environment" --compared "$1" \
    <"$work/difference" >"$work/markdown"
  mkdir -p "$(dirname "$output")"
  mv "$work/markdown" "$output"
}

commit_of() {
  git -C "$repository" rev-parse --verify --quiet "$1^{commit}" ||
    fail "There is no revision \"$1\" here. A workflow fetches it with fetch-depth: 0."
}

render() {
  local name=$1 commit=$2 code=0
  mkdir -p "$work/$name" "$work/of-$name"
  git -C "$repository" archive "$commit" | tar -x -C "$work/of-$name"
  # Before an environment was there, it had no files.
  [ -d "$work/of-$name/ansible/inventory/$environment" ] || return 0
  node "$HERE/packages/ansible-check/src/diff/write-rendering.ts" --environment "$environment" \
    --ansible "$work/of-$name/ansible" --output "$work/$name" >&2 || code=$?
  [ "$code" = 0 ] ||
    fail "The playbooks of ${commit:0:8} cannot be rendered for $environment; the lines above say why." "$code"
}

compare_revisions() {
  local from to
  from=$(commit_of "$base")
  to=$(commit_of "$head")
  git -C "$repository" cat-file -e "$to:ansible/inventory/$environment" 2>/dev/null ||
    fail "There is no environment \"$environment\": ansible/inventory has no such folder."
  : >"$work/difference"
  if ! git -C "$repository" diff --quiet "$from" "$to" -- "${SOURCES[@]}"; then
    render base "$from"
    render head "$to"
    # Ends with 1 when there is a difference.
    (cd "$work" && git diff --no-index --no-color --no-ext-diff --no-prefix base head >difference) || [ $? = 1 ]
    sed -i -E 's#^diff --git (base|head)/(\S+) (base|head)/#diff --git a/\2 b/#; s#^(---|\+\+\+) (base|head)/#\1 #' \
      "$work/difference"
  fi
  compose "${from:0:8} → ${to:0:8}"
}

ask_servers() {
  command -v ansible-playbook >/dev/null ||
    fail 'ansible-playbook is missing: pip install -r ansible/requirements.txt, in an environment of its own.'
  [ -e "$inventory" ] || fail "There is no inventory $inventory."
  inventory=$(cd "$(dirname "$inventory")" && pwd)/$(basename "$inventory")
  : >"$work/difference"
  local playbook
  for playbook in setup-servers deploy-core deploy-apps; do
    (cd "$repository/ansible" &&
      NO_COLOR=1 ANSIBLE_NOCOLOR=1 ANSIBLE_DISPLAY_OK_HOSTS=0 ANSIBLE_DISPLAY_SKIPPED_HOSTS=0 ansible-playbook \
        --inventory "$inventory" --check --diff "playbooks/$playbook.yml") >"$work/said" || {
      tail -n 20 "$work/said" >&2
      fail "$playbook fails in check mode; the lines above say why." 1
    }
    cat "$work/said" >>"$work/difference"
  done
  compose "check mode on $(basename "$inventory")"
}

if [ -n "$inventory" ]; then ask_servers; else compare_revisions; fi
