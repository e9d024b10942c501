import * as z from 'zod';

export const ENVIRONMENTS = ['dev', 'staging', 'prod'] as const;
export type EnvironmentName = (typeof ENVIRONMENTS)[number];

const Hostname = z.hostname({ error: 'must be a host name such as chat.example.com' });

/**
 * What programs read of `terraform/environments/ENV/terraform.tfvars.json`. Terraform validates the same file for
 * itself (`terraform/composition/variables.tf`); keys that only it needs are left out here.
 */
export const TerraformValues = z.object({
  environment: z.enum(ENVIRONMENTS),
  domain: Hostname,
  hostnames: z.object({
    chat: Hostname,
    login: Hostname,
    guesty_webhook: Hostname,
    aircall_webhook: Hostname,
    llm_query: Hostname,
    backup_vault: Hostname,
    log_forwarder: Hostname,
  }),
  deployed: z.object({ functions: z.boolean(), swarm: z.boolean(), workers: z.boolean() }),
  hetzner: z.object({
    location: z.string(),
    server_type: z.string(),
    disk_backups: z.boolean(),
    nodes: z.record(z.string(), z.object({ ip: z.ipv4(), location: z.string().optional() })),
  }),
  cloudflare: z.object({
    account_id: z.string().regex(/^[0-9a-f]{32}$/u),
    zone_id: z.string().regex(/^[0-9a-f]{32}$/u),
    plan: z.enum(['free', 'pro', 'business', 'enterprise']),
    tokens_expire_on: z.iso.datetime(),
  }),
  google: z.object({
    project_id: z.string(),
    project_number: z.string(),
    region: z.string(),
    firestore_location: z.string(),
    min_instances_cap: z.int().nonnegative(),
    budget: z.object({ amount: z.number(), currency: z.string() }),
  }),
  qdrant: z.object({
    account_id: z.string(),
    package_id: z.string(),
    cloud_provider: z.string(),
    cloud_region: z.string(),
    nodes: z.int().positive(),
    version: z.string(),
  }),
  backup: z.object({
    time: z.string().regex(/^\d\d:\d\d$/u),
    zone: z.string(),
    repository: z.string(),
    ssh_key: z.string(),
    servers: z.array(z.object({ type: z.string(), location: z.string() })),
    filer_paths: z.array(
      z.object({ path: z.string(), sentinel: z.string(), minimumFiles: z.int(), minimumBytes: z.int() }),
    ),
  }),
  worker_keys: z.record(z.string(), z.object({ keys: z.array(z.record(z.string(), z.string())) })),
  other_secrets: z.array(z.string()),
  operators: z.array(z.string()),
});
export type TerraformValues = z.infer<typeof TerraformValues>;

/** What no vendor and no infrastructure knows: `packages/deployment/settings/ENV.json`. Nothing of it is secret. */
export const CompanySettings = z.strictObject({
  bot: z.strictObject({
    /** Ids and names as `pnpm rocketchat set-up` says them once it has made the bot. */
    userId: z.string(),
    username: z.string(),
    email: z.email(),
  }),
  assistant: z.strictObject({
    /** `ASSISTANT_SCOPES`: whoever is not listed is not answered. */
    scopes: z.strictObject({
      rooms: z.record(z.string(), z.string()),
      users: z.record(z.string(), z.string()),
      words: z.array(z.string()).min(1),
    }),
    /** `ASSISTANT_BRIEFINGS`. The Worker parses it again, more strictly. */
    briefings: z.array(z.record(z.string(), z.unknown())),
    tokensPerDay: z.int().positive().optional(),
    tokensPerUserPerDay: z.int().positive().optional(),
  }),
  /** Room that is told of every backup, `BACKUP_ROOM_ID`. */
  backupRoomId: z.string(),
  /** ISO 3166, country of telephone numbers without a country code. */
  phoneRegion: z
    .string()
    .regex(/^[A-Z]{2}$/u)
    .optional(),
  guesty: z.strictObject({ baseUrl: z.url(), clientId: z.string() }),
  /** Public Ed25519 JWKs of those who sign tokens of the vault; two while one is being replaced. */
  vaultPublicKeys: z.array(z.record(z.string(), z.string())),
});
export type CompanySettings = z.infer<typeof CompanySettings>;

/** One environment as files describe it, before anything was asked over the network. */
export interface EnvironmentValues {
  readonly name: EnvironmentName;
  readonly terraform: TerraformValues;
  readonly settings: CompanySettings;
}

/** As Terraform names it: prod has the plain name, the others carry theirs behind it. */
export function resourceName(name: string, environment: EnvironmentName): string {
  return environment === 'prod' ? name : `${name}-${environment}`;
}
