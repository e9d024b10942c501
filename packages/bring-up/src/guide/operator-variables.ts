import type { EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';

/**
 * What the operator's commands (`./dev rocketchat`, `webhooks`, `backfill`, `backups` …) have to know of an environment
 * and can know without asking anybody. Secrets are not among them. Pure.
 */
export function operatorVariables({ terraform, settings }: EnvironmentValues): Readonly<Record<string, string>> {
  const { google, hostnames, backup } = terraform;
  return {
    GOOGLE_CLOUD_PROJECT: google.project_id,
    FIRESTORE_OPS_DATABASE: 'ops',
    GUESTY_WEBHOOK_ORIGIN: `https://${hostnames.guesty_webhook}`,
    AIRCALL_WEBHOOK_ORIGIN: `https://${hostnames.aircall_webhook}`,
    QUESTIONS_URL: `https://${hostnames.llm_query}/questions`,
    ROCKETCHAT_URL: `https://${hostnames.chat}`,
    ROCKETCHAT_USER_ID: settings.bot.userId,
    ROCKETCHAT_BOT_USERNAME: settings.bot.username,
    ROCKETCHAT_BOT_EMAIL: settings.bot.email,
    VAULT_URL: `https://${hostnames.backup_vault}`,
    VAULT_REPOSITORY: backup.repository,
    BACKUP_LAUNCH_URL: `https://launch-${google.project_number}.${google.region}.run.app`,
  };
}

/** As lines that a shell takes. */
export function asExports(variables: Readonly<Record<string, string>>): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", String.raw`'\''`)}'`;
  return Object.entries(variables)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join('\n');
}
