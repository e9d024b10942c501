import type { WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';

/** Commands that show a person what went wrong, to be copied; `PROJECT` in them is named with the report. Pure. */
export const workerLog = (worker: WorkerName): string =>
  readLog(`logName="projects/PROJECT/logs/workers" AND labels.worker="${worker}"`);

/** Of both Workers that take webhooks. */
export const WEBHOOK_LOGS = readLog('logName="projects/PROJECT/logs/workers" AND labels.worker=~"-webhook$"');

/** `name` as in functions/manifest.json: Cloud Run has each as a service. */
export const functionLog = (name: string): string =>
  readLog(`resource.type="cloud_run_revision" AND resource.labels.service_name="${name}"`);

/** On a manager of the Swarm. Ansible names a stack after its one service. */
export const swarmTasks = (stack: 'keycloak' | 'mongo-listener' | 'rocketchat'): string =>
  `docker service ps --no-trunc ${stack}_${stack}`;

function readLog(filter: string): string {
  return `gcloud logging read '${filter}' --freshness 1h --limit 50 --project PROJECT`;
}

/** A secret's newest value into the shell, unseen. Of a list the first, which is the newest. */
export const exportSecret = (variable: string, id: string): string =>
  `export ${variable}="$(gcloud secrets versions access latest --secret=${id} --project=PROJECT | cut -d , -f 1)"`;

/** What Terraform makes, and what somebody changed beside it. */
export const APPLY = './dev deploy --env ENV --only terraform makes it again; with --dry-run it says what differs.';
