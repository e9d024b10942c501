import * as z from 'zod';
import { CallId, GuestId } from './ids.ts';
import { Instant, TimeZone } from './local-time.ts';

/** Life of a call; a later stage never goes back to an earlier one. */
export const CallStage = z.enum(['created', 'ringing', 'answered', 'hungup', 'ended']);
export type CallStage = z.infer<typeof CallStage>;

export const CallComment = z.object({
  id: z.string(),
  text: z.string(),
  by: z.string().optional(),
  at: Instant.optional(),
});
export type CallComment = z.infer<typeof CallComment>;

/** One turn of a transcript, in the order it was spoken. */
export const Utterance = z.object({
  by: z.enum(['guest', 'team', 'unknown']),
  /** Seconds since the call began. */
  atSeconds: z.number().nonnegative().optional(),
  text: z.string(),
});
export type Utterance = z.infer<typeof Utterance>;

/** A guest whose telephone number is the other party's; linked by number only, never by name. */
export const LinkedGuest = z.object({ id: GuestId, name: z.string().optional() });
export type LinkedGuest = z.infer<typeof LinkedGuest>;

export const Call = z.object({
  callId: CallId,
  /** `inbound` or `outbound`; a word the vendor adds one day is kept as it is. */
  direction: z.string().min(1),
  stage: CallStage,
  /** Vendor's reason, an open set; present on missed calls. */
  missedReason: z.string().optional(),
  startedAt: Instant,
  answeredAt: Instant.optional(),
  endedAt: Instant.optional(),
  /** Seconds between start and end, ringing included. */
  durationSeconds: z.int().nonnegative().optional(),
  /** The company's own line. */
  line: z.object({ name: z.string().optional(), timezone: TimeZone.optional() }).optional(),
  /** Team member who took or made the call. */
  agent: z.string().optional(),
  contactName: z.string().optional(),
  contactId: z.string().optional(),
  /** The other party, as digits with a leading plus where known. Private store only. */
  externalNumber: z.string().optional(),
  hasVoicemail: z.boolean().default(false),
  hasRecording: z.boolean().default(false),
  transferredTo: z.string().optional(),
  tags: z.array(z.object({ id: z.string(), name: z.string() })).default([]),
  comments: z.array(CallComment).default([]),
  /** Whether the other party waits; only while the call lasts. */
  onHold: z.boolean().optional(),
  archived: z.boolean().optional(),
  assignedTo: z.string().optional(),
  /** Choices of the caller in a telephone menu, in order. */
  menuChoices: z.array(z.string()).optional(),
  /** What the vendor's speech recognition and model made of it, each read when it is announced. */
  transcript: z.array(Utterance).optional(),
  transcriptLanguage: z.string().optional(),
  summary: z.string().optional(),
  topics: z.array(z.string()).optional(),
  actionItems: z.array(z.string()).optional(),
  sentiment: z.string().optional(),
  /** Guests who have this number. */
  guests: z.array(LinkedGuest).optional(),
});
export type Call = z.infer<typeof Call>;

/** As the address book calls the other party, else as bookings call the guest whose number it is. Pure. */
export function otherPartyName(facts: Pick<Call, 'contactName' | 'guests'>): string | undefined {
  return facts.contactName ?? facts.guests?.find(guest => guest.name !== undefined)?.name;
}
