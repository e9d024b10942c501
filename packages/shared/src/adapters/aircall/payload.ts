import * as z from 'zod/mini';
import { isJsonObject } from '../../http-edge/parse-json-object.ts';
import { momentMs, toInstant } from './instant.ts';

/**
 * Aircall's objects as its webhooks and its REST API send them: tolerant of what we do not use, of keys that are missing,
 * null or `{}`, strict on what we do use. Moments arrive as ISO 8601 UTC, whichever way they were written. Never leaves
 * the code that maps it.
 */
const id = z.pipe(z.union([z.int(), z.string().check(z.minLength(1), z.maxLength(200))]), z.transform(String)).check(
  // It becomes part of a document's name, which has neither control characters nor halves of letters.
  z.refine(text => !/[\p{Cc}\p{Cs}]/u.test(text), 'not an id'),
);
const text = z.nullish(z.string());
const flag = z.nullish(z.boolean());
const moment = z.pipe(
  z.union([z.number(), z.string()]),
  z.transform((written, context) => {
    const instant = toInstant(written);
    if (instant !== undefined) return instant;
    context.issues.push({ code: 'custom', input: written, message: 'not a moment' });
    return z.NEVER;
  }),
);
const named = z.nullish(z.object({ id: z.optional(id), name: text }));
/** A person of the address book as it stands inside a call or message; `{}` where there is none. */
const party = z.nullish(z.object({ id: z.optional(id), first_name: text, last_name: text, company_name: text }));
const line = z.nullish(z.object({ name: text, time_zone: text }));

export const AircallEnvelope = z.object({
  event: z.string().check(z.minLength(1)),
  /** When the payload was built, ms since the epoch. Aircall's clock has whole seconds here. */
  timestamp: z.pipe(
    z.union([z.number(), z.string()]),
    z.transform((written, context) => {
      const ms = momentMs(written);
      if (ms !== undefined) return ms;
      context.issues.push({ code: 'custom', input: written, message: 'not a moment' });
      return z.NEVER;
    }),
  ),
  data: z.record(z.string(), z.unknown()),
});
export type AircallEnvelope = z.infer<typeof AircallEnvelope>;

export const AircallCall = z.object({
  id,
  direction: z.string().check(z.minLength(1)),
  status: text,
  missed_call_reason: text,
  started_at: moment,
  answered_at: z.nullish(moment),
  ended_at: z.nullish(moment),
  /** Seconds, ringing included. */
  duration: z.nullish(z.number().check(z.nonnegative())),
  /** The other party in display form, with spaces; missing for withheld numbers. */
  raw_digits: text,
  user: named,
  contact: party,
  number: line,
  /** Links that expire within the hour: only whether there is one is of use. */
  recording: text,
  voicemail: text,
  archived: flag,
  assigned_to: named,
  transferred_to: named,
  external_transferred_to: text,
  ivr_options_selected: z.nullish(z.array(z.object({ id: z.optional(id), title: text, key: text, branch: text }))),
  tags: z.nullish(z.array(z.object({ id, name: z.string() }))),
  comments: z.nullish(z.array(z.object({ id, content: z.string(), posted_by: named, posted_at: z.nullish(moment) }))),
});
export type AircallCall = z.infer<typeof AircallCall>;

const entries = z.nullish(z.array(z.object({ value: z.string() })));

export const AircallContact = z.object({
  id,
  first_name: text,
  last_name: text,
  company_name: text,
  emails: entries,
  phone_numbers: entries,
});
export type AircallContact = z.infer<typeof AircallContact>;

/** An SMS, MMS or WhatsApp message, to one or to a group. */
export const AircallMessage = z.object({
  id,
  direction: text,
  status: text,
  /** Null for SMS and MMS. */
  channel: text,
  /** Can be empty. */
  body: text,
  external_number: text,
  raw_digits: text,
  /** Links as text or as objects; they expire. */
  media_url: z.nullish(z.array(z.unknown())),
  sent_at: z.nullish(moment),
  created_at: z.nullish(moment),
  contact: party,
  number: line,
});
export type AircallMessage = z.infer<typeof AircallMessage>;

export const AircallUser = z.object({ id, name: text, availability_status: text, substatus: text });
export type AircallUser = z.infer<typeof AircallUser>;

export const AircallNumber = z.object({
  id,
  name: text,
  digits: text,
  e164_digits: text,
  time_zone: text,
  open: flag,
});
export type AircallNumber = z.infer<typeof AircallNumber>;

export const AircallIntegration = z.object({ id, name: text });
export type AircallIntegration = z.infer<typeof AircallIntegration>;

/** What every event of conversation intelligence says: which call it is about. */
export const AircallInsightNotice = z.union([
  z.pipe(
    z.object({ call_id: id }),
    z.transform(notice => ({ callId: notice.call_id })),
  ),
  z.pipe(
    z.object({ call: z.object({ id }) }),
    z.transform(notice => ({ callId: notice.call.id })),
  ),
]);

/** The vendor's id of a thing, whatever else is wrong with it. */
export function idOf(value: unknown): string | undefined {
  return isJsonObject(value) ? id.safeParse(value['id']).data : undefined;
}
