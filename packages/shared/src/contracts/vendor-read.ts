import * as z from 'zod/mini';
import { RecordKind } from '../domain/ids.ts';

/**
 * Payload of a delivery that a read job put on the queue: one thing as the vendor's list showed it. It takes the same
 * way as a webhook, through the same consumer.
 */
export const VENDOR_READ_EVENT = 'innkeeper.read';

export const VendorRead = z.object({
  event: z.literal(VENDOR_READ_EVENT),
  kind: RecordKind,
  /** ISO 8601 UTC: whatever changed before it is in `value`. */
  readBeganAt: z.iso.datetime(),
  purpose: z.enum(['backfill', 'reconcile']),
  jobId: z.string().check(z.minLength(1)),
  /** The vendor's object. */
  value: z.record(z.string(), z.unknown()),
});
export type VendorRead = z.infer<typeof VendorRead>;
