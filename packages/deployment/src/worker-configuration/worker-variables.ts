import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { EnvironmentValues } from '../environment/environment-values.ts';
import type { TerraformOutputs } from '../environment/terraform-outputs.ts';
import type { Trouble } from '../programs/trouble.ts';

/** What an environment says of itself: its files, and what Terraform made. */
export interface Described {
  readonly values: EnvironmentValues;
  readonly outputs: TerraformOutputs;
}

export type Variables = Readonly<Record<string, string>>;

/**
 * The variables of one Worker that are no secrets, by the names of its `config.ts`. Secrets are `pnpm secrets`'; what
 * has a default and is not said here keeps it.
 */
export function workerVariables(worker: string, described: Described): Result<Variables, Trouble> {
  switch (worker) {
    case 'guesty-webhook':
      return withGoogle(worker, described, {
        ...publicUrl(worker, described),
        GUESTY_BASE_URL: described.values.settings.guesty.baseUrl,
        GUESTY_CLIENT_ID: described.values.settings.guesty.clientId,
      });
    case 'aircall-webhook':
      return withGoogle(worker, described, publicUrl(worker, described));
    case 'llm-query':
      return withGoogle(worker, described, assistant(described));
    case 'backup-vault':
      return vault(described);
    case 'log-forwarder':
      return asItself(worker, described, { ENVIRONMENT_NAME: described.values.name });
    default:
      return err({
        sentence: `Nobody has said which variables the Worker ${worker} gets.`,
        nextStep: 'Add it to packages/deployment/src/worker-configuration/worker-variables.ts.',
      });
  }
}

const publicUrl = (worker: string, { outputs }: Described): Variables => {
  const url = outputs.workers.urls[worker];
  return url === undefined ? {} : { PUBLIC_URL: url };
};

/** A Worker that reads and writes the business database. */
function withGoogle(worker: string, described: Described, own: Variables): Result<Variables, Trouble> {
  const database = described.outputs.functions.databases['business'];
  return database === undefined
    ? err(missingOutput('business database', worker))
    : asItself(worker, described, { ...own, FIRESTORE_DATABASE: database });
}

const missingOutput = (what: string, worker: string): Trouble => ({
  sentence: `Terraform's outputs have no ${what} for the Worker ${worker}.`,
  nextStep: 'Name it in terraform/modules/gcp, apply, then run this again.',
});

/** A Worker signs tokens of its own, which Google's federation takes (`google-config.ts` of packages/shared). */
function asItself(worker: string, { outputs }: Described, own: Variables): Result<Variables, Trouble> {
  const identity = outputs.workers.workload_identity[worker];
  if (identity === undefined) return err(missingOutput('identity', worker));
  return ok({
    ...own,
    GOOGLE_CLOUD_PROJECT: outputs.workers.project_id,
    GOOGLE_WORKLOAD_AUDIENCE: identity.audience,
    GOOGLE_WORKLOAD_ISSUER: identity.issuer,
    GOOGLE_WORKLOAD_SUBJECT: identity.subject,
  });
}

function assistant({ values: { settings, terraform }, outputs }: Described): Variables {
  const { tokensPerDay, tokensPerUserPerDay } = settings.assistant;
  return {
    ROCKETCHAT_URL: `https://${terraform.hostnames.chat}`,
    ROCKETCHAT_USER_ID: settings.bot.userId,
    ROCKETCHAT_BOT_USERNAME: settings.bot.username,
    QDRANT_URL: outputs.qdrant.url,
    ASSISTANT_SCOPES: JSON.stringify(settings.assistant.scopes),
    ASSISTANT_BRIEFINGS: JSON.stringify(settings.assistant.briefings),
    ...(tokensPerDay === undefined ? {} : { ASSISTANT_TOKENS_PER_DAY: String(tokensPerDay) }),
    ...(tokensPerUserPerDay === undefined ? {} : { ASSISTANT_TOKENS_PER_USER_PER_DAY: String(tokensPerUserPerDay) }),
  };
}

function vault({ values: { name, settings }, outputs }: Described): Result<Variables, Trouble> {
  if (settings.vaultPublicKeys.length === 0) {
    return err({
      sentence: 'No public key may sign tokens of the vault: nobody could open it.',
      nextStep: `Make one by ./dev backups vault-key, list it in packages/deployment/settings/${name}.json.`,
    });
  }
  const ages = Object.entries(outputs.workers.vault).filter(([variable]) => variable.startsWith('VAULT_'));
  return ok({
    VAULT_PUBLIC_KEYS: JSON.stringify(settings.vaultPublicKeys),
    // The functions' alone: the vault takes any path that a token names.
    ...Object.fromEntries(ages.filter(([variable]) => variable !== 'VAULT_REPOSITORY').map(([k, v]) => [k, String(v)])),
  });
}
