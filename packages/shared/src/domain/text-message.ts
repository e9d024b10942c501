import * as z from 'zod';
import { Instant } from './local-time.ts';

/** An SMS, MMS or WhatsApp message over the company's telephone lines. */
export const TextMessage = z.object({
  messageId: z.string().min(1),
  direction: z.enum(['inbound', 'outbound']),
  channel: z.enum(['sms', 'whatsapp']),
  sentAt: Instant,
  text: z.string(),
  contactName: z.string().optional(),
  /** Private store only. */
  externalNumber: z.string().optional(),
});
export type TextMessage = z.infer<typeof TextMessage>;
