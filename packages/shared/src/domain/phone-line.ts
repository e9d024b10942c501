import * as z from 'zod/mini';
import { TimeZone } from './local-time.ts';

/** A telephone number of the company. Its state is kept for operators; it is not searched. */
export const PhoneLine = z.object({
  lineId: z.string().check(z.minLength(1)),
  name: z.optional(z.string()),
  /** Digits with a leading plus where known. */
  number: z.optional(z.string()),
  timezone: z.optional(TimeZone),
  open: z.optional(z.boolean()),
});
export type PhoneLine = z.infer<typeof PhoneLine>;
