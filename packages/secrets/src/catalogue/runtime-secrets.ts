import type { SecretEntry, SecretOrigin, SecretReaders, WorkerName } from './secret-entry.ts';

const HALF_YEAR = 180;
const YEAR = 365;

const person = (where: string): SecretOrigin => ({ kind: 'person', where });

/** Kept in Secret Manager under `id`: what functions read themselves, and what `pnpm secrets push` gives to Workers. */
export const RUNTIME_SECRETS: readonly SecretEntry[] = [
  kept('aircall-api-id', {
    meaning: 'API id of the Aircall account; goes with the token',
    origin: person('dashboard.aircall.io → Integrations → API keys'),
    form: 'text',
    overlap: 'vendor',
    readers: { workers: { 'aircall-webhook': 'AIRCALL_API_ID' } },
  }),
  kept('aircall-api-token', {
    meaning: 'API token of the Aircall account',
    origin: person('dashboard.aircall.io → Integrations → API keys; shown once, with its id'),
    form: 'token',
    ageDaysMax: YEAR,
    overlap: 'vendor',
    readers: { workers: { 'aircall-webhook': 'AIRCALL_API_TOKEN' } },
  }),
  kept('aircall-webhook-tokens', {
    meaning: 'tokens of Aircall webhooks made by hand, besides the one that the Worker registers',
    origin: person('dashboard.aircall.io → Integrations → Webhooks'),
    form: 'tokens',
    overlap: 'list',
    isOptional: true,
    readers: { workers: { 'aircall-webhook': 'AIRCALL_WEBHOOK_TOKENS' } },
  }),
  kept('backup-mongodb-uri', {
    meaning: 'MongoDB as the backup server reaches it, with the user that may back up',
    origin: {
      kind: 'composed',
      of: 'mongodb_backup_password',
      pattern: 'mongodb://backup:PASSWORD@NODE-1,NODE-2,NODE-3/?replicaSet=rs0&authSource=admin',
    },
    form: 'mongodb_uri',
    ageDaysMax: YEAR,
    overlap: 'none',
    readers: { functions: true },
  }),
  kept('backup-postgres-uri', {
    meaning: 'database of Keycloak as the backup server reaches it',
    origin: {
      kind: 'composed',
      of: 'postgres_backup_password',
      pattern: 'postgresql://backup:PASSWORD@NODE/keycloak',
    },
    form: 'postgres_uri',
    ageDaysMax: YEAR,
    overlap: 'none',
    readers: { functions: true },
  }),
  kept('cloudflare-token-plan', {
    meaning: 'reads what Terraform manages at Cloudflare, for plans and reports of drift',
    origin: { kind: 'cloudflare_token', purpose: 'plan' },
    form: 'token',
    ageDaysMax: HALF_YEAR,
    overlap: 'none',
    readers: { github: { name: 'CLOUDFLARE_TOKEN_PLAN', places: ['ENV-plan', 'ENV-watch'] } },
  }),
  kept('cloudflare-token-workers', {
    meaning: 'deploys Workers',
    origin: { kind: 'cloudflare_token', purpose: 'workers' },
    form: 'token',
    ageDaysMax: HALF_YEAR,
    overlap: 'none',
    readers: { github: { name: 'CLOUDFLARE_TOKEN_WORKERS', places: ['ENV'] } },
  }),
  kept('dead-man-url', {
    meaning: 'address of the check at an outside watch, which speaks up when a backup does not',
    origin: person('healthchecks.io, or another watch that expects a call a day → the ping URL'),
    form: 'https_url',
    overlap: 'vendor',
    isOptional: true,
    readers: { functions: true },
  }),
  kept('embeddings-api-key', {
    meaning: 'lets functions compute vectors at Workers AI; the Worker has a binding',
    origin: { kind: 'cloudflare_token', purpose: 'embeddings' },
    form: 'token',
    ageDaysMax: HALF_YEAR,
    overlap: 'none',
    readers: { functions: true },
  }),
  kept('groq-api-key', {
    meaning: 'API key of the language model',
    origin: person('console.groq.com → API Keys'),
    form: 'token',
    ageDaysMax: HALF_YEAR,
    overlap: 'vendor',
    readers: { workers: { 'llm-query': 'GROQ_API_KEY' } },
  }),
  kept('guesty-client-secret', {
    meaning: 'client secret of the Guesty application',
    origin: person('app.guesty.com → Integrations → API & Webhooks; shown once, with the client id'),
    form: 'token',
    ageDaysMax: YEAR,
    overlap: 'vendor',
    readers: { workers: { 'guesty-webhook': 'GUESTY_CLIENT_SECRET' } },
  }),
  kept('guesty-webhook-secrets', {
    meaning: 'one of our own, which signs a deployment’s synthetic booking; then those of subscriptions made by hand',
    origin: { kind: 'random', bytes: 24, as: 'whsec' },
    form: 'whsec_list',
    overlap: 'list',
    readers: { workers: { 'guesty-webhook': 'GUESTY_WEBHOOK_SECRETS' } },
  }),
  kept('hcloud-token', {
    meaning: 'reads and writes this environment’s Hetzner project, in which backup servers are ordered',
    origin: person('console.hetzner.cloud → this environment’s project → Security → API tokens → Read & Write'),
    form: 'hetzner_token',
    ageDaysMax: HALF_YEAR,
    overlap: 'vendor',
    readers: { functions: true },
  }),
  kept('operator-tokens', {
    meaning: 'bearer tokens of the operators who may call /operate of the webhook Workers',
    origin: { kind: 'random', bytes: 32 },
    form: 'tokens',
    ageDaysMax: HALF_YEAR,
    overlap: 'list',
    readers: { workers: { 'aircall-webhook': 'OPERATOR_TOKENS', 'guesty-webhook': 'OPERATOR_TOKENS' } },
  }),
  kept('qdrant-api-key-read', {
    meaning: 'database key of Qdrant for reading alone',
    origin: { kind: 'qdrant_key', access: 'read_only' },
    form: 'token',
    ageDaysMax: HALF_YEAR,
    overlap: 'vendor',
    readers: { workers: { 'llm-query': 'QDRANT_API_KEY' } },
  }),
  kept('qdrant-api-key-write', {
    meaning: 'database key of Qdrant for reading and writing',
    origin: { kind: 'qdrant_key', access: 'manage' },
    form: 'token',
    ageDaysMax: HALF_YEAR,
    overlap: 'vendor',
    readers: { functions: true },
  }),
  kept('restic-password', {
    meaning: 'password of the repository of backups',
    origin: { kind: 'random', bytes: 32 },
    form: 'token',
    overlap: 'vendor',
    caution:
      'Without the password that a repository was made with nobody can read it, ever. First `restic key add` ' +
      'with the new one, then set it here; keep the old one in the safe for as long as its key is in the repository.',
    readers: { functions: true, person: 'in the safe, for a day when Google does not answer' },
  }),
  kept('rocketchat-auth-token', {
    meaning: 'personal access token of the bot in Rocket.Chat, without two-factor check',
    origin: person('Rocket.Chat, signed in as the bot → My account → Personal access tokens; shown once'),
    form: 'token',
    ageDaysMax: YEAR,
    overlap: 'vendor',
    readers: { functions: true, workers: { 'llm-query': 'ROCKETCHAT_AUTH_TOKEN' } },
  }),
  kept('rocketchat-webhook-tokens', {
    meaning: 'tokens in the body of Rocket.Chat’s outgoing webhook, and of questions that the listener hands on',
    origin: { kind: 'random', bytes: 32 },
    form: 'tokens',
    ageDaysMax: YEAR,
    overlap: 'list',
    readers: { workers: { 'llm-query': 'ROCKETCHAT_WEBHOOK_TOKENS' } },
  }),
  kept('swarm-configuration', {
    meaning: 'what a Swarm is made anew with, text by file name; each night’s backup keeps it',
    origin: person('secrets/README.md, "What the backup keeps of the Swarm"'),
    form: 'text_by_file_name',
    ageDaysMax: YEAR,
    overlap: 'vendor',
    readers: { functions: true },
  }),
  kept('vault-signing-key', {
    meaning: 'signs the tokens that open the vault of backups',
    origin: { kind: 'key_pair', algorithm: 'Ed25519', publicHalf: 'packages/deployment/settings: vaultPublicKeys' },
    form: 'ed25519_jwk',
    ageDaysMax: YEAR,
    overlap: 'vendor',
    readers: { functions: true },
  }),
  ...(['aircall-webhook', 'guesty-webhook', 'llm-query', 'log-forwarder'] as const).map(workloadKey),
];

/** A Worker's own key, which Google believes by its public half. */
function workloadKey(worker: WorkerName): SecretEntry {
  return kept(`workload-key-${worker}`, {
    meaning: `key that ${worker} proves itself with at Google`,
    origin: { kind: 'key_pair', algorithm: 'ES256', publicHalf: `terraform.tfvars.json: worker_keys.${worker}` },
    form: 'es256_jwk',
    ageDaysMax: YEAR,
    overlap: 'vendor',
    readers: { workers: { [worker]: 'GOOGLE_WORKLOAD_KEY' } satisfies SecretReaders['workers'] },
  });
}

function kept(id: string, rest: Omit<SecretEntry, 'id' | 'store'>): SecretEntry {
  return { id, store: 'secret_manager', ...rest };
}
