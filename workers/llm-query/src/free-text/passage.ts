import type { BusinessRecord, RecordOf } from '@innkeeper/shared/domain/business-record';
import { otherPartyName } from '@innkeeper/shared/domain/call';
import { recordKey } from '@innkeeper/shared/domain/ids';
import { redact } from '@innkeeper/shared/redaction/redact';
import { dayInWords, instantInWords } from '../compose/days-in-words.ts';
import type { Booking } from '../evaluate/bookings.ts';
import type { Home, Homes } from '../evaluate/homes.ts';
import type { ChatEvidence } from '../retrieve/chat-evidence.ts';
import { chatPassage } from './chat-passage.ts';

/**
 * A text that may be quoted, with who said it, when and about what. Made from re-read records, so that nothing deleted
 * or changed since indexing is quoted; redacted before anyone reads on. Pure.
 */
export interface Passage {
  /** Key of the record or chat message it stands in. */
  readonly key: string;
  /** Who, when, which home and booking: built by code, posted beside a quote. */
  readonly about: string;
  /** Short name for the list of sources. */
  readonly label: string;
  readonly text: string;
  readonly homes: readonly Home[];
  /** Whose words it holds, as far as they have a name. */
  readonly by: readonly string[];
  /** Guests whose stay or call it belongs to. */
  readonly of: readonly string[];
  /** When it was said or written, where that is one moment. */
  readonly saidAt?: string;
  /** Of a chat message: its room. It is read again before it is posted. */
  readonly roomId?: string;
}

export interface PassageContext {
  readonly homes: Homes;
  readonly bookings: readonly Booking[];
  readonly thisYear: string;
  /** False where only first names may be shown and no talk. */
  readonly full: boolean;
}

/** Longer texts are cut: a guest's message or a section of a listing is seldom above this. */
const PASSAGE_CHARACTERS_MAX = 1_200;

export function passagesOf(cited: readonly (BusinessRecord | ChatEvidence)[], context: PassageContext): Passage[] {
  return cited
    .filter(record => !record.deleted)
    .flatMap(record => rawPassages(record, context))
    .map(passage => ({ ...passage, text: quotableText(passage.text) }))
    .filter(passage => passage.text !== '');
}

/** What of a text may be quoted. */
export const quotableText = (text: string): string => redact(text).trim().slice(0, PASSAGE_CHARACTERS_MAX);

function rawPassages(record: BusinessRecord | ChatEvidence, context: PassageContext): Passage[] {
  switch (record.kind) {
    case 'chat-message':
      return [chatPassage(record, context)];
    case 'guest-message':
      return [messagePassage(record, context)];
    case 'reservation':
      return context.full ? bookingPassages(record, context) : [];
    case 'listing':
      return listingPassages(record, context);
    case 'call':
      return callPassages(record, context);
    case 'text-message':
      return [textMessagePassage(record, context)];
    case 'task':
      return [taskPassage(record, context)];
    case 'calendar-block':
    case 'guest':
    case 'contact':
    case 'payment':
    case 'team-member':
    case 'phone-line':
    case 'integration':
      return [];
  }
}

function messagePassage({ key, facts }: RecordOf<'guest-message'>, context: PassageContext): Passage {
  const booking = bookingFor(facts.reservationId, context);
  const home = facts.listingId === undefined ? booking?.stays[0]?.home : context.homes.home(facts.listingId);
  const guest = redact(facts.guestName ?? booking?.guest?.full ?? 'the guest');
  const who = { guest, host: `the team to ${guest}`, system: 'automatic message' }[facts.author];
  const when = instantInWords(facts.sentAt, home?.zone ?? context.homes.mainZone, context.thisYear);
  return {
    key,
    about: [who, when, home && nameOf(home), booking === undefined ? undefined : `booking ${booking.code}`]
      .filter(part => part !== undefined)
      .join(', '),
    label: booking === undefined ? `message ${when}` : `message ${when} (booking ${booking.code})`,
    text: facts.text,
    homes: home === undefined ? [] : [home],
    by: facts.author === 'guest' ? [guest] : [],
    of: [guest],
    saidAt: facts.sentAt,
  };
}

function bookingPassages({ key, facts }: RecordOf<'reservation'>, context: PassageContext): Passage[] {
  const booking = bookingFor(facts.reservationId, context);
  if (booking === undefined) return [];
  const homes = booking.stays.map(stay => stay.home);
  const first = booking.stays[0];
  const who = redact(booking.guest?.full ?? 'guest');
  const about = [
    who,
    homes.map(nameOf).join(' then '),
    first === undefined ? undefined : `from ${dayInWords(first.checkIn, context.thisYear)}`,
    `booking ${booking.code}`,
  ]
    .filter(part => part !== undefined)
    .join(', ');
  const stays = booking.stays.map(
    stay =>
      `${nameOf(stay.home)} from ${dayInWords(stay.checkIn, context.thisYear)} to ${dayInWords(stay.checkOut, context.thisYear)}`,
  );
  // One sentence, so that a quote of it keeps who, where, when and how certain together.
  const clauses = [
    `Booking ${booking.code} of ${who} is ${booking.statusText}${booking.standing === 'unconfirmed' ? ', not confirmed' : ''}: ${stays.join(', then ')}`,
    facts.guestsCount === undefined ? undefined : `party of ${facts.guestsCount}`,
    facts.channel === undefined ? undefined : `booked through ${facts.channel}`,
  ].filter(part => part !== undefined);
  // A booking's notes are kept for its guest, whoever typed them.
  const shared = { key, label: `booking ${booking.code}`, homes, by: [who], of: [who] };
  return [
    // Code's own sentence: nobody said it.
    { ...shared, by: [], about: `booking ${booking.code}`, text: `${clauses.join(', ')}.` },
    ...booking.notes.map(note => ({ ...shared, about: `note on ${redact(note.topic)}: ${about}`, text: note.text })),
  ];
}

function listingPassages({ key, facts }: RecordOf<'listing'>, context: PassageContext): Passage[] {
  const home = context.homes.home(facts.listingId);
  return facts.description.map(section => ({
    key,
    about: `${nameOf(home)}, ${redact(section.topic)}`,
    label: `listing ${nameOf(home)}`,
    text: section.text,
    homes: [home],
    by: [],
    of: [],
  }));
}

function callPassages({ key, facts }: RecordOf<'call'>, context: PassageContext): Passage[] {
  const zone = facts.line?.timezone ?? context.homes.mainZone;
  const when = instantInWords(facts.startedAt, zone, context.thisYear);
  const other = redact(otherPartyName(facts) ?? 'an unknown number');
  const who = `${towards('call', facts.direction)} ${other}`;
  const passage = (said: string, text: string, by = facts.agent): Passage => ({
    key,
    about: `${said} ${who}, ${when}`,
    label: `call ${when}`,
    text,
    homes: [],
    by: by === undefined ? [other] : [redact(by), other],
    of: [other],
    saidAt: facts.startedAt,
  });
  return [
    ...facts.comments.map(comment => passage(`${redact(comment.by ?? 'the team')} on the`, comment.text, comment.by)),
    ...(facts.summary ? [passage('summary of the', facts.summary)] : []),
    ...(facts.actionItems?.length ? [passage('to do after the', facts.actionItems.join('\n'))] : []),
    ...transcriptParts(facts, other).map(text => passage('said on the', text)),
  ];
}

function textMessagePassage({ key, facts }: RecordOf<'text-message'>, context: PassageContext): Passage {
  const when = instantInWords(facts.sentAt, context.homes.mainZone, context.thisYear);
  const other = redact(otherPartyName(facts) ?? 'an unknown number');
  return {
    key,
    about: `${towards('text', facts.direction)} ${other}, ${when}`,
    label: `text ${when}`,
    text: facts.text,
    homes: [],
    by: facts.direction === 'inbound' ? [other] : [],
    of: [other],
    saidAt: facts.sentAt,
  };
}

/** Turns of a conversation, as many together as a passage may have; one alone seldom makes sense. */
function transcriptParts(facts: RecordOf<'call'>['facts'], other: string): string[] {
  const speakers = { guest: other, team: facts.agent ?? 'the team', unknown: 'someone' };
  const parts: string[] = [];
  for (const turn of facts.transcript ?? []) {
    const line = `${speakers[turn.by]}: ${turn.text}`;
    const last = parts.at(-1);
    if (last === undefined || last.length + line.length >= PASSAGE_CHARACTERS_MAX) parts.push(line);
    else parts[parts.length - 1] = `${last}\n${line}`;
  }
  return parts;
}

/** A direction the vendor adds one day is neither. */
const towards = (what: string, direction: string): string =>
  `${what} ${direction === 'inbound' ? 'from' : direction === 'outbound' ? 'to' : 'with'}`;

function taskPassage({ key, facts }: RecordOf<'task'>, context: PassageContext): Passage {
  const home = facts.listingId === undefined ? undefined : context.homes.home(facts.listingId);
  return {
    key,
    about: ['task', home && nameOf(home)].filter(part => part !== undefined).join(', '),
    label: `task ${redact(facts.title)}`,
    text: `${redact(facts.title)}: ${facts.status}`,
    homes: home === undefined ? [] : [home],
    by: [],
    of: [],
  };
}

/** People put codes and numbers into names, too. */
const nameOf = (home: Home): string => redact(home.name);

function bookingFor(reservationId: string | undefined, context: PassageContext): Booking | undefined {
  if (reservationId === undefined) return undefined;
  const key = recordKey('guesty', 'reservation', reservationId);
  return context.bookings.find(booking => booking.key === key);
}
