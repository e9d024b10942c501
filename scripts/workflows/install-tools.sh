#!/usr/bin/env bash
# Installs on a runner (Ubuntu 24.04) what a job needs beyond what GitHub has put there. Exact versions; Debian's
# packages as the distribution has them.
#
#   scripts/workflows/install-tools.sh TOOL…    ansible, checks (the offline checks), sops
set -euo pipefail

SOPS_VERSION=3.13.3
# What the offline checks of Ansible are made with (packages/ansible-check/README.md).
CHECK_PACKAGES=(cloud-init debian-archive-keyring iproute2 mmdebstrap nftables openssh-client postgresql)
CHECK_PACKAGES+=(python3-venv shellcheck yamllint)

[ $# -gt 0 ] || { echo 'Usage: install-tools.sh TOOL…' >&2 && exit 2; }

add_to_path() {
  PATH="$1:$PATH"
  printf '%s\n' "$1" >>"${GITHUB_PATH:?}"
}

install_ansible() {
  python3 -m venv .toolchain/ansible-run
  .toolchain/ansible-run/bin/pip install --quiet --disable-pip-version-check -r ansible/requirements.txt
  add_to_path "$PWD/.toolchain/ansible-run/bin"
}

install_checks() {
  sudo apt-get update -qq
  sudo DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${CHECK_PACKAGES[@]}"
}

# Built from source: the module proxy's checksum database vouches for it, and there is no binary to trust.
install_sops() {
  GOBIN="$PWD/.toolchain/go-tools" GOFLAGS=-mod=mod go install "github.com/getsops/sops/v3/cmd/sops@v$SOPS_VERSION"
  add_to_path "$PWD/.toolchain/go-tools"
}

for tool in "$@"; do
  case "$tool" in
    ansible | checks | sops) "install_$tool" ;;
    *)
      printf '::error::install-tools.sh does not know "%s".\n' "$tool"
      exit 2
      ;;
  esac
done
