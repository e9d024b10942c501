import type { EnvironmentName } from '@innkeeper/deployment/environment/environment-values';
import { gcsJournal } from '@innkeeper/deployment/journal/gcs-journal';
import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';
import type { DeploymentJournal } from '../ports/deployment-journal.ts';
import type { GoogleCredential } from '../ports/google-credential.ts';

/** The journal of packages/deployment, by its own reader: an object in Cloud Storage. I/O: `fetch`, GET alone. */
export interface GcsJournalOptions {
  readonly fetch: typeof fetch;
  readonly baseUrl: string;
  readonly credential: GoogleCredential;
  readonly project: string;
  readonly environment: EnvironmentName;
}

export function gcsDeploymentJournal({
  fetch,
  baseUrl,
  credential,
  project,
  environment,
}: GcsJournalOptions): DeploymentJournal {
  const journal = gcsJournal({
    fetch,
    baseUrl,
    bucket: `${project}-tfstate`,
    object: `deployments/${environment}.json`,
    async token() {
      const known = await credential.headers();
      const bearer = known.ok ? known.value.headers['authorization']?.replace(/^Bearer /u, '') : undefined;
      if (bearer !== undefined) return ok(new Secret(bearer));
      return err({ sentence: 'There is no token of Google.', nextStep: 'gcloud auth application-default login.' });
    },
  });
  return {
    async newest() {
      const entry = await journal.read();
      return entry.ok ? ok(entry.value.deployment) : err(errorOf(entry.error.kind));
    },
  };
}

function errorOf(kind: 'conflict' | 'unavailable' | 'denied' | 'unreadable'): AskError {
  switch (kind) {
    case 'denied':
      return { kind: 'forbidden', detail: 'does not show you the journal of deployments' };
    case 'unavailable':
      return { kind: 'vendor_failed', detail: 'gives no journal of deployments now' };
    case 'conflict':
    case 'unreadable':
      return { kind: 'unreadable', detail: 'has a journal of deployments that this release cannot read' };
  }
}
