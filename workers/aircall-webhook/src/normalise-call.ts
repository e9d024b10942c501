import type { AircallCall } from '@innkeeper/shared/adapters/aircall/payload';
import { CallStage } from '@innkeeper/shared/domain/call';
import { CallId } from '@innkeeper/shared/domain/ids';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import { type ChangePart, type PartialFacts, rank } from '@innkeeper/shared/ingest/record-change';
import { contactName } from './contact-name.ts';

/**
 * A call event to what it says about the call. Pure.
 *
 * Aircall's clock has whole seconds, and several events of a call can share one: `eventOrder` ranks them as they happen.
 * The stage has a clock of its own, its position, so that an event that comes late never takes a call back.
 */
const eventOrder = {
  'call.created': 100,
  'call.ringing_on_agent': 150,
  'call.ivr_option_selected': 160,
  'call.agent_declined': 170,
  'call.answered': 300,
  'call.hold': 320,
  'call.unhold': 330,
  'call.unsuccessful_transfer': 390,
  'call.transferred': 400,
  'call.external_transferred': 410,
  'call.hungup': 600,
  'call.voicemail_left': 650,
  'call.ended': 700,
  'call.comm_assets_generated': 750,
  'call.assigned': 800,
  'call.archived': 810,
  'call.tagged': 820,
  'call.untagged': 830,
  'call.commented': 840,
} as const;
export type CallEvent = keyof typeof eventOrder;

export const isCallEvent = (event: string): event is CallEvent => Object.hasOwn(eventOrder, event);

export function normaliseCall(event: CallEvent, timestamp: number, call: AircallCall): ChangePart[] {
  const stage = stageOf(event, call.status);
  return [
    { rank: rank.state, version: CallStage.options.indexOf(stage), facts: { stage } satisfies PartialFacts<'call'> },
    {
      rank: rank.state,
      version: timestamp * 1000 + eventOrder[event],
      facts: factsOf(event, call),
      deleted: false,
      items: {
        tags: (call.tags ?? []).map(tag => ({ id: tag.id, name: tag.name })),
        comments: (call.comments ?? []).map(commentOf),
      },
      // Only the event that is about a tag's removal is trusted to know that one is gone; the others may be sparse.
      wholeLists: event === 'call.untagged' && Array.isArray(call.tags) ? ['tags'] : [],
    },
  ];
}

/** `status` is coarser than the events: `done` from the hang-up on. */
function stageOf(event: CallEvent, status: string): CallStage {
  if (event === 'call.hungup') return 'hungup';
  if (event === 'call.ended' || status === 'done') return 'ended';
  if (event === 'call.answered' || status === 'answered') return 'answered';
  return event === 'call.created' ? 'created' : 'ringing';
}

function factsOf(event: CallEvent, call: AircallCall): PartialFacts<'call'> {
  const over = call.ended_at !== null && call.ended_at !== undefined;
  return {
    callId: CallId.parse(call.id),
    direction: call.direction,
    missedReason: call.missed_call_reason,
    startedAt: toInstant(call.started_at),
    // Aircall sends null for "not yet": an earlier event that arrives late must not look like a correction.
    answeredAt: toInstant(call.answered_at),
    endedAt: toInstant(call.ended_at),
    durationSeconds: over && typeof call.duration === 'number' ? Math.round(call.duration) : undefined,
    line: lineOf(call.number),
    agent: call.user?.name ?? undefined,
    contactName: contactName(call.contact),
    contactId: call.contact?.id,
    externalNumber: toPlusAndDigits(call.raw_digits),
    // Null until the file is ready, so only its presence says something. The links expire and are never kept.
    hasVoicemail: call.voicemail || event === 'call.voicemail_left' ? true : undefined,
    hasRecording: call.recording ? true : undefined,
    transferredTo: call.transferred_to?.name ?? toPlusAndDigits(call.external_transferred_to),
  };
}

function lineOf(number: AircallCall['number']): PartialFacts<'call'>['line'] {
  const zone = TimeZone.safeParse(number?.time_zone);
  const name = number?.name ?? undefined;
  if (name === undefined && !zone.success) return undefined;
  return { ...(name === undefined ? {} : { name }), ...(zone.success ? { timezone: zone.data } : {}) };
}

function commentOf(comment: NonNullable<AircallCall['comments']>[number]) {
  const by = comment.posted_by?.name;
  const at = toInstant(comment.posted_at);
  return { id: comment.id, text: comment.content, ...(by ? { by } : {}), ...(at === undefined ? {} : { at }) };
}

/** Unix seconds or an ISO string to ISO 8601 UTC. */
function toInstant(moment: number | string): string;
function toInstant(moment: number | string | null | undefined): string | undefined;
function toInstant(moment: number | string | null | undefined): string | undefined {
  if (moment === null || moment === undefined) return undefined;
  const date = new Date(typeof moment === 'number' ? moment * 1000 : moment);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** "+44 20 7946 0103" to "+442079460103". Withheld numbers have no digits and stay unknown. */
export function toPlusAndDigits(display: string | null | undefined): string | undefined {
  const digits = (display ?? '').replace(/\D/gu, '');
  if (digits === '') return undefined;
  return display?.trim().startsWith('+') ? `+${digits}` : digits;
}
