import * as z from 'zod/mini';
import { CallId, GuestId } from './ids.ts';
import { Instant, TimeZone } from './local-time.ts';

/** Life of a call; a later stage never goes back to an earlier one. */
export const CallStage = z.enum(['created', 'ringing', 'answered', 'hungup', 'ended']);
export type CallStage = z.infer<typeof CallStage>;

export const CallComment = z.object({
  id: z.string(),
  text: z.string(),
  by: z.optional(z.string()),
  at: z.optional(Instant),
});
export type CallComment = z.infer<typeof CallComment>;

/** One turn of a transcript, in the order it was spoken. */
export const Utterance = z.object({
  by: z.enum(['guest', 'team', 'unknown']),
  /** Seconds since the call began. */
  atSeconds: z.optional(z.number().check(z.nonnegative())),
  text: z.string(),
});
export type Utterance = z.infer<typeof Utterance>;

/** A guest whose telephone number is the other party's; linked by number only, never by name. */
export const LinkedGuest = z.object({ id: GuestId, name: z.optional(z.string()) });
export type LinkedGuest = z.infer<typeof LinkedGuest>;

export const Call = z.object({
  callId: CallId,
  /** `inbound` or `outbound`; a word the vendor adds one day is kept as it is. */
  direction: z.string().check(z.minLength(1)),
  stage: CallStage,
  /** Vendor's reason, an open set; present on missed calls. */
  missedReason: z.optional(z.string()),
  startedAt: Instant,
  answeredAt: z.optional(Instant),
  endedAt: z.optional(Instant),
  /** Seconds between start and end, ringing included. */
  durationSeconds: z.optional(z.int().check(z.nonnegative())),
  /** The company's own line. */
  line: z.optional(z.object({ name: z.optional(z.string()), timezone: z.optional(TimeZone) })),
  /** Team member who took or made the call. */
  agent: z.optional(z.string()),
  contactName: z.optional(z.string()),
  contactId: z.optional(z.string()),
  /** The other party, as digits with a leading plus where known. Private store only. */
  externalNumber: z.optional(z.string()),
  hasVoicemail: z._default(z.boolean(), false),
  hasRecording: z._default(z.boolean(), false),
  transferredTo: z.optional(z.string()),
  tags: z._default(z.array(z.object({ id: z.string(), name: z.string() })), []),
  comments: z._default(z.array(CallComment), []),
  /** Whether the other party waits; only while the call lasts. */
  onHold: z.optional(z.boolean()),
  archived: z.optional(z.boolean()),
  assignedTo: z.optional(z.string()),
  /** Choices of the caller in a telephone menu, in order. */
  menuChoices: z.optional(z.array(z.string())),
  /** What the vendor's speech recognition and model made of it, each read when it is announced. */
  transcript: z.optional(z.array(Utterance)),
  transcriptLanguage: z.optional(z.string()),
  summary: z.optional(z.string()),
  topics: z.optional(z.array(z.string())),
  actionItems: z.optional(z.array(z.string())),
  sentiment: z.optional(z.string()),
  /** Guests who have this number. */
  guests: z.optional(z.array(LinkedGuest)),
});
export type Call = z.infer<typeof Call>;

/** As the address book calls the other party, else as bookings call the guest whose number it is. Pure. */
export function otherPartyName(facts: Pick<Call, 'contactName' | 'guests'>): string | undefined {
  return facts.contactName ?? facts.guests?.find(guest => guest.name !== undefined)?.name;
}
