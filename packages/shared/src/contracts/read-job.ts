import * as z from 'zod/mini';
import { RecordSource } from '../domain/ids.ts';

/**
 * One walk over a list of the vendor's: the first fill of a resource, the gap check of the last minutes, or the nightly
 * comparison. Lives in the Worker's Durable Object, which resumes it at the page it was at; its end is written to
 * `reports/<jobId>` in Firestore.
 */
export const JobPurpose = z.enum(['backfill', 'gap-check', 'comparison']);
export type JobPurpose = z.infer<typeof JobPurpose>;

export const ReadJob = z.object({
  v: z.literal(1),
  jobId: z.string().check(z.minLength(1), z.maxLength(120)),
  source: RecordSource,
  purpose: JobPurpose,
  /** The vendor's list: listings, reservations, guests, conversations, tasks, calls, contacts. */
  resource: z.string().check(z.minLength(1)),
  /** ISO 8601 UTC bounds; what they bound is the resource's own (arrival, change, start). Absent: everything. */
  window: z.object({ from: z.optional(z.iso.datetime()), to: z.optional(z.iso.datetime()) }),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  /** It counts what would be sent and marked, and sends and marks nothing. */
  dryRun: z.optional(z.boolean()),
  /** Opaque position of the next page; absent at the start. */
  cursor: z.optional(z.string()),
  counts: z.object({
    pages: z.int().check(z.nonnegative()),
    /** Things the vendor showed. */
    read: z.int().check(z.nonnegative()),
    /** Of these, not in the records or older there: sent to the consumer. */
    sent: z.int().check(z.nonnegative()),
    /** Of the records, no longer shown by the vendor: marked to be read one by one. */
    vanished: z.int().check(z.nonnegative()),
    /** Things that could not be understood; each is named in `unreadable`. */
    unreadable: z.int().check(z.nonnegative()),
  }),
  /** Things the vendor says there are, where it says so. */
  total: z.optional(z.int().check(z.nonnegative())),
  /** Record keys that were sent or marked, at most 50. */
  examples: z.array(z.string()).check(z.maxLength(50)),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  endedAt: z.optional(z.iso.datetime()),
  /** snake_case fact and one sentence, when failed or while waiting to try again. */
  problem: z.optional(z.object({ reason: z.string(), detail: z.string() })),
});
export type ReadJob = z.infer<typeof ReadJob>;

/** Collection of reports and of positions. */
export const REPORTS_COLLECTION = 'reports';
