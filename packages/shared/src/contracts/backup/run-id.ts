import * as z from 'zod';

/**
 * Name of one backup run: the night it belongs to (in the configured zone), with a suffix for every run but the
 * scheduled one. It is the document's id in `backups`, the tag of its snapshots, and in the name of its server.
 */
export const RunId = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}(?:-(?:retry|manual)-[1-9]\d?)?$/u, 'not a run id')
  .brand<'RunId'>();
export type RunId = z.infer<typeof RunId>;

/** Server name, unique in the Hetzner project: the lock that keeps a run from having two servers. */
export const serverName = (runId: RunId): string => `backup-${runId}`;

/** What is backed up and how deep a run looks: monthly does what weekly does, weekly what daily does. */
export const BackupType = z.enum(['daily', 'weekly', 'monthly']);
export type BackupType = z.infer<typeof BackupType>;

/** Version of the language that function and server speak. A server of another one is refused. */
export const RUNNER_PROTOCOL = 1;
