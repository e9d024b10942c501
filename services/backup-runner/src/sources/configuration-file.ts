import * as z from 'zod';

/** Where the rest of the company stands in the snapshot `configuration`. */
export const CONFIGURATION_FILE = '/configuration.json';

/** What that file holds. */
export const ConfigurationFile = z.object({
  v: z.literal(1),
  runId: z.string(),
  /** Swarm secrets and configuration: text by file name. */
  files: z.record(z.string(), z.string()),
  /** The managed backup of Firestore that belongs to this night. */
  firestoreBackup: z.object({ name: z.string(), snapshotTime: z.string() }).optional(),
  /** 32 random bytes of this run, base64url. Read back, they prove that what is read was written this night. */
  canary: z.string().regex(/^[A-Za-z0-9_-]{43}$/u),
});
export type ConfigurationFile = z.infer<typeof ConfigurationFile>;
