#!/usr/bin/env bash
# The offline check of Terraform, Ansible, workflows and secrets, as root: Ansible's roles are played on invented
# servers, which need mounts and networks of their own.
set -euo pipefail

if [ "$(id -u)" = 0 ]; then exec ./dev check-infrastructure; fi
# What sudo would take away: where the tools are, and what the toolchain is told about the machine.
exec sudo --preserve-env=CI,GITHUB_ACTIONS,HOME env "PATH=$PATH" ./dev check-infrastructure
