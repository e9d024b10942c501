import type { AircallMessage } from '@innkeeper/shared/adapters/aircall/payload';
import { type ChangePart, type PartialFacts, rank } from '@innkeeper/shared/ingest/record-change';
import { contactName } from './contact-name.ts';
import { phoneDigits } from './phone-digits.ts';

/**
 * A text message to what an event says about it. What was written never changes; how far it got has a clock of its own,
 * because two steps of a delivery often share a second. Pure.
 */
export interface MessageView {
  readonly message: AircallMessage;
  readonly event: string;
  readonly group: boolean;
  /** When the payload was built, ms; whole seconds. */
  readonly timestampMs: number;
  readonly version: number;
}

export function normaliseMessage(view: MessageView): ChangePart[] {
  const { message, timestampMs, version } = view;
  const direction = message.direction ?? directionOf(view.event);
  const facts: PartialFacts<'text-message'> = {
    messageId: message.id,
    direction: direction ?? undefined,
    channel: channelOf(message),
    sentAt: message.sent_at ?? message.created_at ?? undefined,
    text: message.body ?? undefined,
    contactName: contactName(message.contact),
    externalNumber: phoneDigits(message.external_number ?? message.raw_digits),
    attachments: message.media_url?.length,
    line: message.number?.name ?? undefined,
    group: view.group ? true : undefined,
  };
  const status: PartialFacts<'text-message'> = { deliveryStatus: message.status ?? undefined };
  return [
    { rank: rank.hearsay, version: 0, facts: guesses(direction ?? undefined, timestampMs) },
    { rank: rank.state, version, facts, deleted: false },
    { rank: rank.state, version: timestampMs + statusOrder(message.status), facts: status },
  ];
}

/** What stands until an event says it: a notice of a message's fate alone must still be a record of the message. */
function guesses(direction: string | undefined, timestampMs: number): PartialFacts<'text-message'> {
  const sentAt = new Date(timestampMs).toISOString();
  return { channel: 'sms', sentAt, text: '', direction: direction ?? 'outbound' };
}

function directionOf(event: string): string | undefined {
  if (event.endsWith('.sent')) return 'outbound';
  return event.endsWith('.received') ? 'inbound' : undefined;
}

/** No channel means SMS or MMS, which only the files tell apart. */
function channelOf({ channel, media_url: media }: AircallMessage): string | undefined {
  if (channel) return channel;
  return media ? (media.length > 0 ? 'mms' : 'sms') : undefined;
}

/** The way of a message; a word nobody has seen stands between sent and delivered. */
const STATUS_ORDER: readonly string[] = ['pending', 'queued', 'sending', 'sent', '', 'received', 'delivered', 'read'];
const FAILED: readonly string[] = ['failed', 'undelivered', 'rejected'];

function statusOrder(status: string | null | undefined): number {
  if (status && FAILED.includes(status)) return 900;
  const position = STATUS_ORDER.indexOf(status ?? '');
  return 100 * (position === -1 ? STATUS_ORDER.indexOf('') : position);
}

export const KNOWN_STATUSES: readonly string[] = [...STATUS_ORDER.filter(status => status !== ''), ...FAILED];
