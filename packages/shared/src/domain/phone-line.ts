import * as z from 'zod';
import { TimeZone } from './local-time.ts';

/** A telephone number of the company. Its state is kept for operators; it is not searched. */
export const PhoneLine = z.object({
  lineId: z.string().min(1),
  name: z.string().optional(),
  /** Digits with a leading plus where known. */
  number: z.string().optional(),
  timezone: TimeZone.optional(),
  open: z.boolean().optional(),
});
export type PhoneLine = z.infer<typeof PhoneLine>;
