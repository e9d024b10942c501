import { secretOf } from '@innkeeper/secrets/catalogue/catalogue';
import type { SecretForm } from '@innkeeper/secrets/catalogue/secret-form';
import * as z from 'zod';
import type { House } from '../house/open-house.ts';
import type { Play, Rule } from './play.ts';

const KEPT = 'the real command; Secret Manager, Cloudflare and Qdrant Cloud are stand-ins';

/** Something of each form, as a vendor would give it. */
const EXAMPLES: Readonly<Record<SecretForm, string>> = {
  text: 'rehearsed',
  token: 'token-of-the-rehearsal',
  hetzner_token: 'h'.repeat(64),
  tokens: 'token-of-the-rehearsal',
  whsec_list: `whsec_${Buffer.from('a secret of the rehearsal').toString('base64')}`,
  https_url: 'https://watch.rehearsal.test/ping',
  mongodb_uri: 'mongodb://backup:rehearsed@10.20.1.11,10.20.1.12/?replicaSet=rs0&authSource=admin',
  postgres_uri: 'postgresql://backup:rehearsed@10.20.1.11/keycloak',
  text_by_file_name: '{"stack.yml":"services: {}"}',
  ed25519_jwk: '',
  es256_jwk: '',
  google_key_file: '',
  pem: ['BEGIN', 'END'].map(word => `-----${word} REHEARSED KEY-----`).join('\nbm90aGluZw==\n'),
};

const Key = z.looseObject({ kid: z.string() });

/** Writes down the public half that `generate` has printed, where it says. */
async function notePublicHalf({ files }: House, id: string, output: string): Promise<void> {
  const printed = /^\{.*\}$/mu.exec(output)?.[0];
  if (printed === undefined) return;
  const key = Key.parse(JSON.parse(printed));
  if (id === 'vault-signing-key') return files.settings(settings => ({ ...settings, vaultPublicKeys: [key] }));
  const worker = id.replace('workload-key-', '');
  await files.terraform(values => ({
    ...values,
    worker_keys: { ...(values['worker_keys'] as object), [worker]: { keys: [key] } },
  }));
}

const generated = (id: string): Play => ({
  how: 'stand_in',
  note: KEPT,
  after: (house, { output }) => notePublicHalf(house, id, output),
});

/** The Worker's token is one that may write Workers from the moment it has a value of its own. */
async function admitWorkersToken({ account }: House): Promise<void> {
  const value = account.vendors?.google.secrets.get('cloudflare-token-workers')?.at(-1)?.value;
  if (value !== undefined) account.vendors?.cloudflare.callers.set(value, { rights: ['Workers Scripts Write'] });
}

/** The rule of one command, since what is typed and noted depends on which secret it is. */
export function secretRule(command: string): Rule | undefined {
  const [, verb, id = ''] = /^\.\/dev secrets (set|generate) (\S+) --env ENV$/u.exec(command) ?? [];
  const entry = secretOf(id);
  if (verb === undefined || entry === undefined || id === 'rocketchat-auth-token') return undefined;
  if (verb === 'generate') return [/^/u, generated(id)];
  const atGithub = entry.store === 'github' ? '; so is GitHub’s program' : '';
  // Of GitHub nobody can ask what it keeps, so it is always asked whether to replace it.
  const typed = (line: string): string => (entry.store === 'github' ? `${line} --yes` : line);
  return [/^/u, { how: 'stand_in', note: `${KEPT}${atGithub}`, stdin: () => EXAMPLES[entry.form], typed }];
}

export const SECRETS_RULES: readonly Rule[] = [
  [
    /^\.\/dev secrets cloudflare-tokens /u,
    { how: 'stand_in', note: KEPT, typed: line => `${line} --yes`, after: admitWorkersToken },
  ],
  [/^\.\/dev secrets qdrant-keys /u, { how: 'stand_in', note: KEPT }],
  [/^\.\/dev secrets status /u, { how: 'stand_in', note: KEPT, exitCodes: [0, 1], prints: /rocketchat-auth-token/u }],
  [/^\.\/dev secrets push --env ENV --github$/u, { how: 'stand_in', note: KEPT, typed: line => `${line} --yes` }],
  [/^cp secrets\/ENV\/swarm\.example\.yaml /u, { how: 'real', note: 'in the copy' }],
  [
    /^sops (?:encrypt|edit|decrypt) /u,
    { how: 'stand_in', note: 'the program is played; the file has every name and no value' },
  ],
  [/^export [A-Z_]+="\$\(gcloud secrets /u, { how: 'stand_in', note: 'out of the stand-in of Secret Manager' }],
];
