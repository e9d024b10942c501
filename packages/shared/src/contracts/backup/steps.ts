import * as z from 'zod';

/** The work of the server, in order; each is a state of the run. */
export const BackupStep = z.enum(['dumping', 'backing_up', 'retaining', 'checking', 'restoring']);
export type BackupStep = z.infer<typeof BackupStep>;

const bytes = z.int().nonnegative();
const count = z.int().nonnegative();

/** What one restic snapshot holds; `source` is its second tag beside `run=<id>`. */
export const BackupSource = z.enum(['mongodb', 'keycloak', 'files', 'configuration']);
export type BackupSource = z.infer<typeof BackupSource>;

export const TakenSnapshot = z.object({
  source: BackupSource,
  /** Full restic snapshot id, 64 hex digits. */
  snapshotId: z.string().regex(/^[0-9a-f]{64}$/u),
  /** Of the source, before deduplication. */
  totalBytes: bytes,
  totalFiles: count,
  /** What the vault had to take, packed. */
  addedBytes: bytes,
  durationMs: count,
});
export type TakenSnapshot = z.infer<typeof TakenSnapshot>;

/** What each finished step reports: figures and names of snapshots, never contents or file names. */
export const StepOutcome = z.discriminatedUnion('step', [
  z.object({ step: z.literal('dumping'), snapshots: z.array(TakenSnapshot) }),
  z.object({ step: z.literal('backing_up'), snapshots: z.array(TakenSnapshot) }),
  z.object({
    step: z.literal('retaining'),
    kept: count,
    removed: z.array(z.string()),
    /** Due for removal, but younger than the vault allows: next time. */
    deferred: count,
    pruned: z.object({ freedBytes: bytes, refused: count }).optional(),
  }),
  z.object({
    step: z.literal('checking'),
    /** Share of the data that was read, `3/10`; absent when only the structure was checked. */
    subset: z.string().optional(),
  }),
  z.object({
    step: z.literal('restoring'),
    /** Files read back, of these compared byte by byte with an unchanged original. */
    files: count,
    compared: count,
    /** Changed since the backup, so that only size and readability could be checked. */
    changed: count,
    bytes,
    canary: z.literal(true),
    /** The weekly drill: databases rebuilt from the snapshots and compared. */
    drill: z
      .object({
        mongodb: z.object({ collections: count, documents: count, digest: z.string() }),
        keycloak: z.object({ tables: count, rows: count, digest: z.string() }),
        files: z.object({ files: count, bytes }),
      })
      .optional(),
  }),
]);
export type StepOutcome = z.infer<typeof StepOutcome>;
