import * as z from 'zod';
import type { ForgetPreview, ResticNode, ResticSnapshot } from './restic.ts';

/** What restic answers when a command ends, by command, in this product's terms. Pure. */
const count = z.int().nonnegative();
const snapshotId = z.string().regex(/^[0-9a-f]{64}$/u);

export const VersionReply = z.object({ version: z.string().regex(/^\d+\.\d+\.\d+/u) });

export const BackupSummary = z.object({
  snapshot_id: snapshotId,
  total_bytes_processed: count,
  total_files_processed: count,
  data_added_packed: count,
});

export const RestoreSummary = z
  .object({ files_restored: count.default(0), bytes_restored: count.default(0) })
  .transform(summary => ({ files: summary.files_restored, bytes: summary.bytes_restored }));

export const CheckSummary = z.object({ num_errors: count });

const Snapshot = z
  .object({
    id: snapshotId,
    time: z.string(),
    hostname: z.string(),
    paths: z.array(z.string()),
    tags: z.array(z.string()).nullish(),
    summary: z.object({ total_bytes_processed: count, total_files_processed: count }).optional(),
  })
  .transform(
    (snapshot): ResticSnapshot => ({
      id: snapshot.id,
      time: snapshot.time,
      host: snapshot.hostname,
      paths: snapshot.paths,
      tags: snapshot.tags ?? [],
      totalBytes: snapshot.summary?.total_bytes_processed,
      totalFiles: snapshot.summary?.total_files_processed,
    }),
  );
export const SnapshotsReply = z.array(Snapshot);

const Identified = z.object({ id: snapshotId });
const ForgetGroup = z.object({
  keep: z.array(Identified).nullable(),
  remove: z.array(Identified).nullable(),
  reasons: z.array(z.object({ snapshot: Identified, matches: z.array(z.string()) })).nullable(),
});

/** One entry for each group of host and paths; here all groups together. */
export const ForgetReply = z.array(ForgetGroup).transform(
  (groups): ForgetPreview => ({
    keep: groups.flatMap(({ keep }) => (keep ?? []).map(({ id }) => id)),
    remove: groups.flatMap(({ remove }) => (remove ?? []).map(({ id }) => id)),
    reasons: Object.fromEntries(
      groups.flatMap(({ reasons }) => (reasons ?? []).map(({ snapshot, matches }) => [snapshot.id, matches])),
    ),
  }),
);

export const NodeReply = z
  .object({ path: z.string(), type: z.string(), size: count.default(0), mtime: z.string() })
  .transform(
    ({ path, type, size, mtime }): ResticNode => ({
      path,
      type: type === 'file' || type === 'dir' || type === 'symlink' ? type : 'other',
      size,
      mtime,
    }),
  );
