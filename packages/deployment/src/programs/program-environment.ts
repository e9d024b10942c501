import type { Program } from './program-runner.ts';

/** What every program may know of the machine it runs on: how to find things, and who it is at Google. */
const EVERYBODY = [
  'PATH',
  'HOME',
  'LANG',
  'TMPDIR',
  'SSL_CERT_FILE',
  'NODE_EXTRA_CA_CERTS',
  'HTTPS_PROXY',
  'NO_PROXY',
  'CI',
  'CLOUDSDK_CONFIG',
  'CLOUDSDK_AUTH_CREDENTIAL_FILE_OVERRIDE',
  'GOOGLE_APPLICATION_CREDENTIALS',
];

/** Only the program that needs a variable gets it; `*` at the end stands for any ending. */
const BY_PROGRAM: Readonly<Record<Program, Readonly<Record<string, string>>>> = {
  terraform: {
    HCLOUD_TOKEN: 'HCLOUD_TOKEN',
    CLOUDFLARE_API_TOKEN: 'CLOUDFLARE_API_TOKEN',
    'TF_VAR_*': 'TF_VAR_*',
    TF_PLUGIN_CACHE_DIR: 'TF_PLUGIN_CACHE_DIR',
  },
  // A token of its own: that of Terraform may make tokens.
  wrangler: { CLOUDFLARE_API_TOKEN: 'CLOUDFLARE_WORKERS_TOKEN' },
  'ansible-playbook': { 'ANSIBLE_*': 'ANSIBLE_*', SSH_AUTH_SOCK: 'SSH_AUTH_SOCK', 'SOPS_*': 'SOPS_*' },
  gcloud: {},
  git: {},
  node: {},
};

/** The environment of one program, out of that of this process. */
export function environmentOf(
  program: Program,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const chosen: Record<string, string> = {};
  for (const name of EVERYBODY) copy(chosen, name, environment[name]);
  for (const [name, source] of Object.entries(BY_PROGRAM[program])) {
    if (!source.endsWith('*')) copy(chosen, name, environment[source]);
    else {
      const start = source.slice(0, -1);
      for (const [key, value] of Object.entries(environment)) if (key.startsWith(start)) copy(chosen, key, value);
    }
  }
  return chosen;
}

function copy(to: Record<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && value !== '') to[name] = value;
}
