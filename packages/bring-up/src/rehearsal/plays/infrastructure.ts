import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CREDENTIALS } from '../house/vendors.ts';
import type { Play, Rule } from './play.ts';

const TERRAFORM = 'real Terraform; every provider answers from this machine';

/** Of a terminal that asks for a value nobody sees. */
const typing = (value: string): Play => ({
  how: 'real',
  note: 'an invented value is typed',
  stdin: () => `${value}\n`,
});

/** Tools, values, Terraform. */
export const INFRASTRUCTURE: readonly Rule[] = [
  [/^node --version$/u, { how: 'real', note: 'this machine’s' }],
  [
    /^(?:age-keygen --version|docker buildx version)$/u,
    { how: 'not_here', note: 'nothing is built or encrypted here' },
  ],
  [/^\.\/dev --help$/u, { how: 'real', note: 'in the copy' }],
  [/^scripts\/validate-ansible\.sh --help$/u, { how: 'real', note: 'in the copy' }],
  [/^python3 -m venv /u, { how: 'not_here', note: 'scripts/validate-ansible.sh fetches and tries the same Ansible' }],
  [/^export PATH=/u, { how: 'real', note: 'one terminal for all' }],
  [/^terraform version$/u, { how: 'real', note: TERRAFORM }],
  [/^(?:gcloud version|sops --version)$/u, { how: 'stand_in', note: 'the program is played' }],
  [/^jq --version$/u, { how: 'real', note: 'this machine’s' }],
  [/^\.\/dev cost /u, { how: 'real', note: 'values are read and parsed' }],
  [/^\.\/dev check-infrastructure$/u, { how: 'not_here', note: 'a minute and a half, and a command of its own' }],
  [/^gcloud (?:auth|config|services|beta) /u, { how: 'stand_in', note: 'only its words are checked' }],
  [/^export BILLING_ACCOUNT=/u, { how: 'real', note: 'read from the values' }],
  [/\bgcloud billing accounts /u, { how: 'stand_in', note: 'only its words are checked' }],
  [/^terraform -chdir=terraform\/bootstrap init$/u, { how: 'real', note: TERRAFORM }],
  [/^terraform -chdir=terraform\/bootstrap apply /u, { how: 'real', note: TERRAFORM, stdin: () => 'yes\n' }],
  [/^read -rs HCLOUD_TOKEN /u, typing(CREDENTIALS.hetzner)],
  [/^read -rs CLOUDFLARE_API_TOKEN /u, typing(CREDENTIALS.cloudflare)],
  [/^read -rs QDRANT_CLOUD_API_KEY /u, typing(CREDENTIALS.qdrantCloud)],
  [/^read -rs TF_VAR_webhook_password /u, typing(CREDENTIALS.webhookPassword)],
  [
    /^terraform -chdir=terraform\/environments\/ENV init$/u,
    {
      how: 'real',
      note: `${TERRAFORM}; the state lies in a file instead of the bucket`,
      before: async ({ repository, environment }) => {
        const backend = 'terraform {\n  backend "local" {}\n}\n';
        await writeFile(join(repository, `terraform/environments/${environment}/backend.tf`), backend);
      },
    },
  ],
  [/ providers lock /u, { how: 'not_here', note: 'asks Terraform’s registry' }],
  [
    /^\.\/dev deploy --env ENV --only terraform$/u,
    {
      how: 'real',
      note: `${TERRAFORM}; plan, policies and apply are the real ones`,
      after: async house => {
        if (house.account.vendors === undefined) await house.openAccounts();
      },
    },
  ],
  [/^terraform -chdir=terraform\/environments\/ENV output /u, { how: 'real', note: TERRAFORM }],
];
