import * as z from 'zod/mini';
import { LinkedGuest } from './call.ts';
import { Instant } from './local-time.ts';

/** An SMS, MMS or WhatsApp message over the company's telephone lines. */
export const TextMessage = z.object({
  messageId: z.string().check(z.minLength(1)),
  /** `inbound` or `outbound`; a word the vendor adds one day is kept as it is. */
  direction: z.string().check(z.minLength(1)),
  /** `sms`, `mms`, `whatsapp`, or the vendor's word for a way we do not know. */
  channel: z.string().check(z.minLength(1)),
  sentAt: Instant,
  text: z.string(),
  contactName: z.optional(z.string()),
  /** Private store only. */
  externalNumber: z.optional(z.string()),
  /** The vendor's word: sent, delivered, failed … */
  deliveryStatus: z.optional(z.string()),
  /** How many files came with it; the links expire and are not kept. */
  attachments: z.optional(z.int().check(z.nonnegative())),
  /** The company's own line. */
  line: z.optional(z.string()),
  /** More than one other party. */
  group: z.optional(z.boolean()),
  /** Guests who have this number, linked by number only. */
  guests: z.optional(z.array(LinkedGuest)),
});
export type TextMessage = z.infer<typeof TextMessage>;
