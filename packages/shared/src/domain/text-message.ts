import * as z from 'zod';
import { LinkedGuest } from './call.ts';
import { Instant } from './local-time.ts';

/** An SMS, MMS or WhatsApp message over the company's telephone lines. */
export const TextMessage = z.object({
  messageId: z.string().min(1),
  /** `inbound` or `outbound`; a word the vendor adds one day is kept as it is. */
  direction: z.string().min(1),
  /** `sms`, `mms`, `whatsapp`, or the vendor's word for a way we do not know. */
  channel: z.string().min(1),
  sentAt: Instant,
  text: z.string(),
  contactName: z.string().optional(),
  /** Private store only. */
  externalNumber: z.string().optional(),
  /** The vendor's word: sent, delivered, failed … */
  deliveryStatus: z.string().optional(),
  /** How many files came with it; the links expire and are not kept. */
  attachments: z.int().nonnegative().optional(),
  /** The company's own line. */
  line: z.string().optional(),
  /** More than one other party. */
  group: z.boolean().optional(),
  /** Guests who have this number, linked by number only. */
  guests: z.array(LinkedGuest).optional(),
});
export type TextMessage = z.infer<typeof TextMessage>;
