import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { listingName } from '@innkeeper/shared/domain/listing';
import type { Joined } from './joins.ts';
import type { Searchable } from './searchable.ts';
import { instantInWords, sentences } from './sentences.ts';

/** What was said: guest messages, telephone calls and texts. Numbers and addresses never enter; pure. */
export function guestMessageText(record: RecordOf<'guest-message'>, joined: Joined): Searchable {
  const { facts } = record;
  const listings = [...joined.listings.values()];
  const home = listings.map(listingName).join(' and ');
  const guestName = facts.guestName ?? joined.reservation?.guestName ?? joined.guest?.fullName;
  const guest = guestName ?? 'the guest';
  const author =
    facts.author === 'guest'
      ? `Message from ${guest}`
      : facts.author === 'host'
        ? `Message to ${guest}`
        : 'Automatic message';
  const place = home === '' ? '' : ` about ${home}`;
  return {
    title: `${author}${place}`,
    text: `${sentences(`${author}${place}, ${instantInWords(facts.sentAt, listings[0]?.timezone)}`)}\n${facts.text}`,
    fields: {
      listingIds: [
        ...new Set([
          ...(facts.listingId === undefined ? [] : [facts.listingId as string]),
          ...(joined.reservation?.stay.map(segment => segment.listingId) ?? []),
        ]),
      ],
      guestNames: guestName === undefined ? [] : [guestName],
      startsAt: facts.sentAt,
      receivedAt: record.receivedAt,
      author: facts.author,
      ...(facts.guestId === undefined ? {} : { guestId: facts.guestId }),
      ...(facts.reservationId === undefined ? {} : { reservationId: facts.reservationId }),
    },
  };
}

export function callText(record: RecordOf<'call'>): Searchable {
  const { facts } = record;
  const missed = facts.missedReason !== undefined;
  const other = facts.contactName ?? 'an unknown caller';
  const when = instantInWords(facts.startedAt, facts.line?.timezone);
  const direction = facts.direction === 'inbound' ? `Call from ${other}` : `Call to ${other}`;
  return {
    title: `${missed ? 'Missed call' : 'Call'}: ${other}`,
    text: sentences(
      `${direction} on ${when}${facts.line?.name === undefined ? '' : ` over the line ${facts.line.name}`}`,
      missed ? `Missed: ${facts.missedReason?.replaceAll('_', ' ')}` : undefined,
      facts.agent === undefined
        ? undefined
        : `${facts.direction === 'inbound' ? 'Answered' : 'Made'} by ${facts.agent}`,
      facts.transferredTo === undefined ? undefined : `Transferred to ${facts.transferredTo}`,
      facts.durationSeconds === undefined ? undefined : `Lasted ${Math.round(facts.durationSeconds / 60)} minutes`,
      facts.hasVoicemail ? 'The caller left a voicemail' : undefined,
      facts.tags.length === 0 ? undefined : `Tagged ${facts.tags.map(tag => tag.name).join(', ')}`,
      ...facts.comments.map(comment => `${comment.by ?? 'Someone'} noted: ${comment.text}`),
    ),
    fields: {
      listingIds: [],
      guestNames: facts.contactName === undefined ? [] : [facts.contactName],
      startsAt: facts.startedAt,
      receivedAt: record.receivedAt,
      status: facts.stage,
      missed,
      voicemail: facts.hasVoicemail,
      author: facts.direction,
      ...(facts.line?.timezone === undefined ? {} : { timezone: facts.line.timezone }),
    },
  };
}

export function textMessageText(record: RecordOf<'text-message'>): Searchable {
  const { facts } = record;
  const other = facts.contactName ?? 'an unknown number';
  const direction = facts.direction === 'inbound' ? `Text message from ${other}` : `Text message to ${other}`;
  return {
    title: direction,
    text: `${sentences(`${direction} by ${facts.channel}, ${instantInWords(facts.sentAt)}`)}\n${facts.text}`,
    fields: {
      listingIds: [],
      guestNames: facts.contactName === undefined ? [] : [facts.contactName],
      startsAt: facts.sentAt,
      receivedAt: record.receivedAt,
      author: facts.direction,
    },
  };
}
