import * as z from 'zod';

/**
 * Aircall's objects as its webhooks (and, for calls, its REST API) send them: tolerant of what we do not use, of keys
 * that are missing, null or `{}`, strict on what we do use. Never leaves the code that maps it.
 */
const id = z.union([z.int(), z.string().min(1)]).transform(String);
const text = z.string().nullish();
/** Unix seconds. */
const seconds = z.number().nonnegative().nullish();
const named = z.object({ id: id.optional(), name: text }).nullish();

export const AircallEnvelope = z.object({
  event: z.string().min(1),
  /** Unix seconds when the payload was built. */
  timestamp: z.number().nonnegative(),
  data: z.record(z.string(), z.unknown()),
});
export type AircallEnvelope = z.infer<typeof AircallEnvelope>;

/** A contact as it stands inside a call; `{}` where there is none. */
const CallContact = z.object({ id: id.optional(), first_name: text, last_name: text, company_name: text }).nullish();

export const AircallCall = z.object({
  id,
  direction: z.enum(['inbound', 'outbound']),
  status: z.string(),
  missed_call_reason: text,
  started_at: z.number().nonnegative(),
  answered_at: seconds,
  ended_at: seconds,
  duration: z.number().nonnegative().nullish(),
  /** The other party in display form, with spaces; missing for withheld numbers. */
  raw_digits: text,
  user: named,
  contact: CallContact,
  number: z.object({ name: text, time_zone: text }).nullish(),
  /** Links that expire within the hour: only whether there is one is of use. */
  recording: text,
  voicemail: text,
  transferred_to: named,
  external_transferred_to: text,
  tags: z.array(z.object({ id, name: z.string() })).nullish(),
  comments: z
    .array(
      z.object({ id, content: z.string(), posted_by: named, posted_at: z.union([z.number(), z.string()]).nullish() }),
    )
    .nullish(),
});
export type AircallCall = z.infer<typeof AircallCall>;

const entries = z.array(z.object({ value: z.string() })).nullish();

export const AircallContact = z.object({
  id,
  first_name: text,
  last_name: text,
  company_name: text,
  emails: entries,
  phone_numbers: entries,
});
export type AircallContact = z.infer<typeof AircallContact>;
