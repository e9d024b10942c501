import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Trouble } from '../programs/trouble.ts';
import type { Described, Variables } from '../worker-configuration/worker-variables.ts';

/**
 * The variables of the functions of one source that are no secrets, by the names of its `config.ts`; secrets come from
 * Secret Manager by the manifest. Pure.
 */
export function functionVariables(source: string, described: Described): Result<Variables, Trouble> {
  switch (source) {
    case 'functions/backup':
      return ok(backup(described));
    case 'functions/vectorize':
      return ok(vectorize(described));
    default:
      return err({
        sentence: `Nobody has said which variables the functions of ${source} get.`,
        nextStep: 'Add them to packages/deployment/src/functions/function-variables.ts.',
      });
  }
}

/** Of SeaweedFS's filers on the nodes' private addresses (`ansible/roles/core/seaweedfs`). */
const FILER_PORT = 8888;

function backup({ values: { terraform, settings }, outputs }: Described): Variables {
  const addresses = Object.values(terraform.hetzner.nodes).map(({ ip }) => `${ip}:${FILER_PORT}`);
  return {
    ...common({ values: { terraform, settings, name: terraform.environment }, outputs }),
    FIRESTORE_OPS_DATABASE: outputs.functions.databases['ops'] ?? 'ops',
    BACKUP_ZONE: terraform.backup.zone,
    BACKUP_TIME: terraform.backup.time,
    BACKUP_SERVERS: JSON.stringify(terraform.backup.servers),
    BACKUP_FILER_PATHS: JSON.stringify(terraform.backup.filer_paths),
    BACKUP_ROOM_ID: settings.backupRoomId,
    FILER_ADDRESSES: addresses.join(','),
    ROCKETCHAT_URL: `https://${terraform.hostnames.chat}`,
    ...Object.fromEntries(Object.entries(outputs.backup).map(([variable, value]) => [variable, String(value)])),
  };
}

function vectorize(described: Described): Variables {
  const { values, outputs } = described;
  const account = outputs.functions.cloudflare_ai_account;
  return {
    ...common(described),
    FIRESTORE_DATABASE: outputs.functions.databases['business'] ?? '(default)',
    QDRANT_URL: outputs.qdrant.url,
    EMBEDDINGS_PROVIDER: 'workers-ai',
    EMBEDDINGS_URL: `https://api.cloudflare.com/client/v4/accounts/${account}/ai`,
    ...(values.settings.phoneRegion === undefined ? {} : { PHONE_REGION_DEFAULT: values.settings.phoneRegion }),
  };
}

const common = ({ values, outputs }: Described): Variables => ({
  GOOGLE_CLOUD_PROJECT: outputs.functions.project_id,
  ROCKETCHAT_USER_ID: values.settings.bot.userId,
});
