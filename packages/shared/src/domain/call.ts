import * as z from 'zod';
import { CallId } from './ids.ts';
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

export const Call = z.object({
  callId: CallId,
  direction: z.enum(['inbound', 'outbound']),
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
});
export type Call = z.infer<typeof Call>;
