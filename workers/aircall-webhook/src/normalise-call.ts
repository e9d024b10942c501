import type { AircallCall } from '@innkeeper/shared/adapters/aircall/payload';
import { CallStage } from '@innkeeper/shared/domain/call';
import { CallId } from '@innkeeper/shared/domain/ids';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import { type ChangePart, type PartialFacts, rank } from '@innkeeper/shared/ingest/record-change';
import { contactName } from './contact-name.ts';
import type { CallNews } from './events/event-table.ts';
import { phoneDigits } from './phone-digits.ts';

/**
 * A call as an event or a read shows it, to what that says about the call. The stage has a clock of its own, its
 * position, so that what comes late never takes a call back. Pure.
 */
export interface CallView {
  readonly call: AircallCall;
  readonly version: number;
  /** What the event itself says. Absent for a read, which shows all there is. */
  readonly event?: { readonly name: string; readonly tells?: CallNews };
}

export function normaliseCall(view: CallView): ChangePart[] {
  const { call, version } = view;
  const stage = stageOf(view);
  const line = lineOf(call.number);
  return [
    // Lists show a line without its zone: that must not take away what an event told in whole.
    { rank: line?.timezone === undefined ? rank.hearsay : rank.state, version, facts: { line } },
    { rank: rank.state, version: CallStage.options.indexOf(stage), facts: { stage } satisfies PartialFacts<'call'> },
    {
      rank: rank.state,
      version,
      facts: factsOf(view, stage),
      deleted: false,
      items: {
        tags: (call.tags ?? []).map(tag => ({ id: tag.id, name: tag.name })),
        comments: (call.comments ?? []).map(commentOf),
      },
      // Only a read and the event about a tag's removal are trusted to know that one is gone; other events may be sparse.
      wholeLists:
        (view.event === undefined || tells(view, 'tags complete')) && Array.isArray(call.tags) ? ['tags'] : [],
    },
  ];
}

const tells = ({ event }: CallView, news: CallNews): boolean => event?.tells === news;

/** `status` is coarser than the events: `done` from the hang-up on. One nobody has seen yet leaves it to the event. */
function stageOf(view: CallView): CallStage {
  const { status } = view.call;
  if (tells(view, 'hung up')) return 'hungup';
  if (tells(view, 'ended') || status === 'done') return 'ended';
  if (tells(view, 'answered') || status === 'answered') return 'answered';
  return view.event === undefined || view.event.name === 'call.created' ? 'created' : 'ringing';
}

function factsOf(view: CallView, stage: CallStage): PartialFacts<'call'> {
  const { call } = view;
  const over = call.ended_at !== null && call.ended_at !== undefined;
  return {
    callId: CallId.parse(call.id),
    direction: call.direction,
    missedReason: call.missed_call_reason,
    startedAt: call.started_at,
    // Aircall sends null for "not yet": an earlier event that arrives late must not look like a correction.
    answeredAt: call.answered_at ?? undefined,
    endedAt: call.ended_at ?? undefined,
    durationSeconds: over && typeof call.duration === 'number' ? Math.round(call.duration) : undefined,
    // While it rings, the user is whoever it rings at.
    agent: tells(view, 'ringing') ? undefined : (call.user?.name ?? undefined),
    contactName: contactName(call.contact),
    contactId: call.contact?.id,
    externalNumber: phoneDigits(call.raw_digits),
    // Null until the file is ready, so only its presence says something. The links expire and are never kept.
    hasVoicemail: call.voicemail || tells(view, 'voicemail') ? true : undefined,
    hasRecording: call.recording ? true : undefined,
    transferredTo: call.transferred_to?.name ?? phoneDigits(call.external_transferred_to),
    onHold: holdOf(view, stage),
    archived: call.archived || tells(view, 'archived') ? true : undefined,
    assignedTo: call.assigned_to === null ? null : (call.assigned_to?.name ?? undefined),
    menuChoices: menuChoicesOf(call),
  };
}

/** Nobody waits in a call that is over. */
function holdOf(view: CallView, stage: CallStage): boolean | null | undefined {
  if (tells(view, 'on hold')) return true;
  return tells(view, 'off hold') || stage === 'hungup' || stage === 'ended' ? null : undefined;
}

function menuChoicesOf({ ivr_options_selected: options }: AircallCall): string[] | undefined {
  const chosen = (options ?? []).flatMap(({ title, branch, key }) => title || branch || key || []);
  return chosen.length === 0 ? undefined : chosen;
}

function lineOf(number: AircallCall['number']): PartialFacts<'call'>['line'] {
  const zone = TimeZone.safeParse(number?.time_zone);
  const name = number?.name ?? undefined;
  if (name === undefined && !zone.success) return undefined;
  return { ...(name === undefined ? {} : { name }), ...(zone.success ? { timezone: zone.data } : {}) };
}

function commentOf(comment: NonNullable<AircallCall['comments']>[number]) {
  const by = comment.posted_by?.name;
  const at = comment.posted_at;
  return { id: comment.id, text: comment.content, ...(by ? { by } : {}), ...(at ? { at } : {}) };
}
