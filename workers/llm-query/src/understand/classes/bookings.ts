import type { Plan } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { beforeToken, homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';
import { sinceIn } from './since.ts';

type BookingsPlan = Extract<Plan, { kind: 'bookings' }>;

/** Bookings made, changed or cancelled in some days or since an instant: "new bookings today", "who cancelled". Pure. */
export function readBookings(asked: Asked): Plan | undefined {
  const since = sinceIn(asked);
  const said = since ? beforeToken(asked.reading, since.at) : asked.reading;
  const change = changeOf(said, since !== undefined || hasSinceDate(asked.reading));
  if (!change || isForDate(said)) return undefined;
  const homes = homesOf(said);
  const form = said.tags.has('count') ? ('count' as const) : ('list' as const);
  if (since && (since.hasTime || !hasSinceDate(asked.reading))) {
    if (since.fromMs === undefined || since.fromMs > asked.moment.epochMs) return undefined;
    return { kind: 'bookings', change, from: new Date(since.fromMs).toISOString(), homes, form };
  }
  const when = onlyWhen(asked, { unit: 'days', lean: 'past' });
  return when && { kind: 'bookings', change, when, homes, form };
}

/** "since Monday" is days; "since Monday 18:00" and "since 18:00" are instants. */
const hasSinceDate = ({ dates, tokens }: Reading): boolean =>
  dates.some(({ expression: { kind }, to }) => (kind === 'since' || kind === 'onwards') && to === tokens.length);

const around: readonly Tag[] = ['who', 'which', 'guest', 'homes', 'count', 'booking', 'was'];

function changeOf(reading: Reading, isSince: boolean): BookingsPlan['change'] | undefined {
  const covers = (...tags: readonly Tag[]): boolean => isCovered(reading, [...around, ...tags]);
  const ofBookings = hasAny(reading, 'booking', 'who', 'guest') || isAnything(reading);
  if (hasAny(reading, 'cancellation')) return covers('cancellation', 'made') ? 'cancelled' : undefined;
  if (hasAny(reading, 'cancelled')) return ofBookings && covers('cancelled') ? 'cancelled' : undefined;
  // "what changed in the bookings"
  if (hasAny(reading, 'news'))
    return saysOfBooking(reading) && saysChanged(reading) && covers('news') ? 'changed' : undefined;
  if (hasAny(reading, 'changed')) return saysOfBooking(reading) && covers('changed') ? 'changed' : undefined;
  if (hasAny(reading, 'made')) return covers('made', 'arrived') ? 'made' : undefined;
  // "which bookings came in": bookings arrive when they are made, guests when they come.
  if (hasAny(reading, 'arrived') && reading.tags.has('booking'))
    return !hasAny(reading, 'who', 'guest') && covers('arrived') ? 'made' : undefined;
  if (hasAny(reading, 'occupied')) return isBooking(reading, isSince) && covers('occupied') ? 'made' : undefined;
  // "bookings today" may be stays or new ones; "bookings since Monday" are new ones.
  return isSince && hasAny(reading, 'booking') && covers() ? 'made' : undefined;
}

const anyWords: ReadonlySet<string> = new Set(['anything', 'something', 'what']);

/** "was anything cancelled today" */
const isAnything = ({ tags, tokens }: Reading): boolean =>
  tags.has('which') && tokens.some(({ text }) => anyWords.has(text));

const saysChanged = ({ tokens }: Reading): boolean => tokens.some(({ text }) => text === 'changed');

/** "changed bookings", "who changed their dates" */
const saysOfBooking = ({ tags, tokens }: Reading): boolean =>
  tags.has('booking') ||
  tokens.some(({ text }) => text.startsWith('umbuchung') || (text === 'their' && tags.has('who')));

const madeWords: ReadonlySet<string> = new Set('booked|gebucht|reserve|reservado'.split('|'));
const isWords: ReadonlySet<string> = new Set('is|are|was|were|sind|ist|est|sont|esta|estan|estao'.split('|'));

/** "who booked today" and "has anyone booked", but not "who is booked in". On a day, or a home would be occupied. */
const isBooking = ({ parts, tokens, tags, dates }: Reading, isSince: boolean): boolean =>
  (isSince || ((tags.has('who') || tags.has('guest')) && dates.length > 0)) &&
  !tokens.some(token => isWords.has(token.text)) &&
  parts.some(part => part.kind === 'tag' && part.tag === 'occupied' && madeWords.has(tokens[part.from]?.text ?? ''));

const forWords: ReadonlySet<string> = new Set('for|fur|fuer|pour|para'.split('|'));

/** "booked for Friday" is about the stay. */
const isForDate = ({ parts, tokens }: Reading): boolean =>
  parts.some(
    (part, at) => part.kind === 'tag' && parts[at + 1]?.kind === 'date' && forWords.has(tokens[part.from]?.text ?? ''),
  );
