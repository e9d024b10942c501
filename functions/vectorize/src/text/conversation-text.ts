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
  const names = namesOf(facts);
  const other = names[0] ?? 'an unknown caller';
  const when = instantInWords(facts.startedAt, facts.line?.timezone);
  const over = facts.line?.name === undefined ? '' : ` over the line ${facts.line.name}`;
  const told = sentences(
    `${towards('Call', facts.direction)} ${other} on ${when}${over}`,
    asGuest(other, facts.guests),
    missed ? `Missed: ${facts.missedReason?.replaceAll('_', ' ')}` : undefined,
    facts.agent === undefined ? undefined : `${facts.direction === 'inbound' ? 'Answered' : 'Made'} by ${facts.agent}`,
    facts.menuChoices === undefined ? undefined : `Chose ${facts.menuChoices.join(', then ')} in the telephone menu`,
    facts.transferredTo === undefined ? undefined : `Transferred to ${facts.transferredTo}`,
    facts.durationSeconds === undefined ? undefined : `Lasted ${Math.round(facts.durationSeconds / 60)} minutes`,
    facts.hasVoicemail ? 'The caller left a voicemail' : undefined,
    facts.assignedTo === undefined ? undefined : `Assigned to ${facts.assignedTo}`,
    facts.tags.length === 0 ? undefined : `Tagged ${facts.tags.map(tag => tag.name).join(', ')}`,
    ...facts.comments.map(comment => `${comment.by ?? 'Someone'} noted: ${comment.text}`),
  );
  return {
    title: `${missed ? 'Missed call' : 'Call'}: ${other}`,
    text: [told, ...insightLines(facts, names[0] ?? 'Caller')].join('\n'),
    fields: {
      listingIds: [],
      guestNames: names,
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

/** What the vendor's speech recognition and model made of a call, one line each, so that the text is cut between turns. */
function insightLines(facts: RecordOf<'call'>['facts'], guest: string): string[] {
  const speakers = { guest, team: facts.agent ?? 'Team', unknown: 'Someone' };
  return [
    ...(facts.summary ? [`Summary: ${facts.summary}`] : []),
    ...(facts.topics?.length ? [`Topics: ${facts.topics.join(', ')}`] : []),
    ...(facts.actionItems ?? []).map(item => `To do: ${item}`),
    ...(facts.transcript ?? []).map(turn => `${speakers[turn.by]}: ${turn.text}`),
  ];
}

export function textMessageText(record: RecordOf<'text-message'>): Searchable {
  const { facts } = record;
  const names = namesOf(facts);
  const other = facts.group === true ? 'several people' : (names[0] ?? 'an unknown number');
  const title = `${towards('Text message', facts.direction)} ${other}`;
  const told = sentences(
    `${title} by ${facts.channel}, ${instantInWords(facts.sentAt)}`,
    asGuest(other, facts.guests),
    NOT_DELIVERED.test(facts.deliveryStatus ?? '') ? 'It was not delivered' : undefined,
  );
  return {
    title,
    text: `${told}\n${facts.text}`,
    fields: {
      listingIds: [],
      guestNames: names,
      startsAt: facts.sentAt,
      receivedAt: record.receivedAt,
      author: facts.direction,
      ...(facts.deliveryStatus === undefined ? {} : { status: facts.deliveryStatus }),
    },
  };
}

const NOT_DELIVERED = /^(?:failed|undelivered|rejected)$/u;

interface OtherParty {
  readonly contactName?: string | undefined;
  readonly guests?: readonly { readonly name?: string | undefined }[] | undefined;
}

/** As the address book calls the other party, then as the bookings do. */
function namesOf({ contactName, guests }: OtherParty): string[] {
  const all = [contactName, ...(guests ?? []).map(guest => guest.name)];
  return [...new Set(all.filter(name => name !== undefined))];
}

/** Says whose number it is where the address book has another name for it. */
function asGuest(other: string, guests: OtherParty['guests']): string | undefined {
  const names = namesOf({ guests }).filter(name => name !== other);
  return names.length === 0 ? undefined : `The number is that of ${names.join(' and ')}`;
}

function towards(what: string, direction: string): string {
  return `${what} ${direction === 'inbound' ? 'from' : direction === 'outbound' ? 'to' : 'with'}`;
}
