import {
  type EventTable,
  type MappedRow,
  mappedEvents,
  type UnsupportedRow,
} from '@innkeeper/shared/ingest/event-table';
import type { InsightSubject } from '../hydration/subjects.ts';

/**
 * Every event Aircall is known to send (its own list of August 2026), each with what it becomes or why it is not acted
 * on. Aircall's clock has whole seconds and several events of a thing can share one: `order` ranks them as they happen.
 */
export type AircallRow = ActedOnRow | UnsupportedRow;
export type ActedOnRow = CallRow | ThingRow | InsightRow;

export interface CallRow extends MappedRow {
  readonly as: 'call';
  readonly order: number;
  /** What the event itself says, whatever the object in it says. */
  readonly tells?: CallNews;
}

export type CallNews =
  | 'ringing'
  | 'answered'
  | 'hung up'
  | 'ended'
  | 'on hold'
  | 'off hold'
  | 'voicemail'
  | 'archived'
  | 'tags complete';

export interface ThingRow extends MappedRow {
  readonly as: 'contact' | 'message' | 'group-message' | 'team-member' | 'phone-line' | 'integration';
  readonly order: number;
  readonly tells?: ThingNews;
}

export type ThingNews = 'deleted' | 'connected' | 'disconnected' | 'opened' | 'closed' | 'wrapping up' | 'wrapped up';

export interface InsightRow extends MappedRow {
  readonly as: 'insight';
  readonly reads: readonly [InsightSubject];
}

const call = (order: number, becomes: string, tells?: CallNews): CallRow => ({
  as: 'call',
  order,
  becomes: `call: ${becomes}`,
  ...(tells === undefined ? {} : { tells }),
});

const thing = (as: ThingRow['as'], order: number, becomes: string, tells?: ThingNews): ThingRow => ({
  as,
  order,
  becomes,
  ...(tells === undefined ? {} : { tells }),
});

const insight = (subject: InsightSubject, becomes: string): InsightRow => ({
  as: 'insight',
  becomes: `call: ${becomes}`,
  reads: [subject],
});

const unsupported = (why: string): UnsupportedRow => ({ unsupported: why });

const REPLACED = 'the older form of the event of the same name with `.v2`, which is mapped';
const COACHING = 'judges how the team spoke; nothing about guests or homes';
const TEMPLATES = 'a form of the company’s own making; the summary of the call is read with `summary.created`';
const AGENT = 'what a voice agent did is in the events of its call; its own object is undocumented';
const REPORTS = 'a file of statistics; nothing about guests or homes';

export const eventTable = {
  'call.created': call(100, 'who calls whom, over which line, since when'),
  'call.ringing_on_agent': call(150, 'ringing', 'ringing'),
  'call.ivr_option_selected': call(160, 'what the caller chose in the telephone menu'),
  'call.agent_declined': call(170, 'ringing on', 'ringing'),
  'call.answered': call(300, 'answered, by whom and when', 'answered'),
  'call.hold': call(320, 'on hold', 'on hold'),
  'call.unhold': call(330, 'no longer on hold', 'off hold'),
  'call.unsuccessful_transfer': call(390, 'state after a transfer that nobody took'),
  'call.transferred': call(400, 'to which team member it was handed on'),
  'call.external_transferred': call(410, 'to which outside number it was handed on'),
  'call.hungup': call(600, 'hung up; no longer on hold', 'hung up'),
  'call.voicemail_left': call(650, 'that the caller left a voicemail (never the link)', 'voicemail'),
  'call.ended': call(700, 'ended: missed and why, how long', 'ended'),
  'call.comm_assets_generated': call(750, 'that there is a recording or voicemail (never the link)'),
  'call.assigned': call(800, 'to whom it is assigned'),
  'call.archived': call(810, 'archived', 'archived'),
  'call.tagged': call(820, 'its tags, one by one'),
  'call.untagged': call(830, 'its tags, all of them: what is missing was taken off', 'tags complete'),
  'call.commented': call(840, 'its comments, one by one'),

  'transcription.created': insight('call-transcript', 'who said what, and in which language'),
  'summary.created': insight('call-summary', 'the summary'),
  'topics.created': insight('call-topics', 'the topics'),
  'sentiment.created': insight('call-sentiment', 'the guest’s mood'),
  'action_item.created': insight('call-action-items', 'what was promised to be done'),
  'playbook_result.created': unsupported(COACHING),
  'playbook_result.updated': unsupported(COACHING),
  'call_evaluation.created': unsupported(COACHING),
  'call_evaluation.updated': unsupported(COACHING),
  'custom_summary.result_created': unsupported(TEMPLATES),
  'custom_summary.result_updated': unsupported(TEMPLATES),
  'realtime_transcription.utterances_received': unsupported(
    'pieces of a transcript while people still speak, being phased out; `transcription.created` brings it whole',
  ),

  'message.sent': thing('message', 100, 'text message: to whom, what, by SMS, MMS or WhatsApp'),
  'message.received': thing('message', 100, 'text message: from whom, what, by SMS, MMS or WhatsApp'),
  'message.status_updated': thing('message', 200, 'text message: delivered, failed, read'),
  'group_message.sent': thing('group-message', 100, 'text message to several people'),
  'group_message.received': thing('group-message', 100, 'text message among several people'),
  'group_message.status_updated': thing('group-message', 200, 'text message among several people: delivered, failed'),

  'contact.created': thing('contact', 0, 'contact: name, company, numbers, e-mail addresses'),
  'contact.updated': thing('contact', 1, 'contact: name, company, numbers, e-mail addresses'),
  'contact.deleted': thing('contact', 1, 'contact: gone for good', 'deleted'),

  'user.created.v2': thing('team-member', 0, 'team member: name and state'),
  'user.connected.v2': thing('team-member', 1, 'team member: signed in', 'connected'),
  'user.opened.v2': thing('team-member', 2, 'team member: takes calls', 'opened'),
  'user.wut_start.v2': thing('team-member', 3, 'team member: writes up a call', 'wrapping up'),
  'user.wut_end.v2': thing('team-member', 4, 'team member: no longer writes up a call', 'wrapped up'),
  'user.closed.v2': thing('team-member', 5, 'team member: takes no calls', 'closed'),
  'user.disconnected.v2': thing('team-member', 6, 'team member: signed out', 'disconnected'),
  'user.deleted.v2': thing('team-member', 7, 'team member: gone for good', 'deleted'),
  'user.created': unsupported(REPLACED),
  'user.connected': unsupported(REPLACED),
  'user.opened': unsupported(REPLACED),
  'user.wut_start': unsupported(REPLACED),
  'user.wut_end': unsupported(REPLACED),
  'user.closed': unsupported(REPLACED),
  'user.disconnected': unsupported(REPLACED),
  'user.deleted': unsupported(REPLACED),

  'number.created': thing('phone-line', 0, 'line: name, number, time zone'),
  'number.opened': thing('phone-line', 1, 'line: takes calls', 'opened'),
  'number.closed': thing('phone-line', 2, 'line: takes no calls', 'closed'),
  'number.deleted': thing('phone-line', 3, 'line: gone for good', 'deleted'),

  'integration.deleted': thing('integration', 0, 'integration: the connection was removed at Aircall', 'deleted'),

  'ai_voice_agent.started': unsupported(AGENT),
  'ai_voice_agent.ended': unsupported(AGENT),
  'ai_voice_agent.escalated': unsupported(AGENT),
  'ai_voice_agent.summary': unsupported(AGENT),
  'analytics.report_created': unsupported(REPORTS),
  'analytics.report_failed': unsupported(REPORTS),
} as const satisfies Record<string, AircallRow> & EventTable;

/** What the Worker's subscription at Aircall asks for. */
export const SUBSCRIBED_EVENTS: readonly string[] = mappedEvents(eventTable);

/** `undefined` for an event that nobody has decided about. */
export function rowOf(event: string): AircallRow | undefined {
  const rows: Readonly<Record<string, AircallRow>> = eventTable;
  return Object.hasOwn(rows, event) ? rows[event] : undefined;
}
