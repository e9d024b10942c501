import { daysBetween } from '@innkeeper/shared/domain/local-time';
import type { Plan, When } from '@innkeeper/shared/domain/plan';
import type { Booking, Stay } from '../evaluate/bookings.ts';
import type { GuestFinding } from '../evaluate/guest.ts';
import { endOf, startOf, tense } from '../evaluate/guest.ts';
import { daysAt } from '../evaluate/homes.ts';
import type { Statement } from '../evaluate/told-about.ts';
import {
  bookingSource,
  datesInWords,
  dotted,
  guestInWords,
  homeInWords,
  line,
  partyInWords,
  standingInWords,
  stayTimes,
  timeInWords,
} from './booking-line.ts';
import { counted, dayInWords } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { plainName, plainText } from './plain-text.ts';
import { statementSources, statementsInWords } from './render-statements.ts';

type GuestPlan = Extract<Plan, { kind: 'guest' }>;
type Aspect = GuestPlan['aspect'];

/** One guest's booking, by name. Pure. */
export function renderGuest(
  finding: GuestFinding,
  asked: Pick<GuestPlan, 'name' | 'aspect' | 'when'>,
  rendering: Rendering,
  saidOtherwise: (booking: Booking) => readonly Statement[],
): Draft {
  return finding.kind === 'found'
    ? renderFound(finding.booking, finding.others, { ...asked, said: saidOtherwise(finding.booking) }, rendering)
    : renderUnsettledGuest(finding, asked.name, rendering);
}

/** A name that fits nobody, several people, or only bookings that do not count. */
export function renderUnsettledGuest(
  finding: Exclude<GuestFinding, { kind: 'found' }>,
  typed: string,
  rendering: Rendering,
): Draft {
  const name = plainText(typed);
  switch (finding.kind) {
    case 'nobody':
      return {
        lines: [`${FIXED.nobody} called “${name}” found in the bookings (searched guest names, cancelled ones too)`],
        sources: [],
        homes: [],
      };
    case 'several':
      return {
        lines: [
          `Which “${name}”? ${finding.bookings
            .map(booking => `${guestInWords(booking, rendering)} (${stayInShort(booking, rendering)})`)
            .join(' or ')}?`,
        ],
        sources: finding.bookings.map(bookingSource),
        homes: finding.bookings.flatMap(homesOf),
      };
    case 'not_standing':
      return {
        lines: [
          `${FIXED.nobody} called “${name}” is staying or coming; the only bookings of that name:`,
          ...finding.bookings.map(booking =>
            line(guestInWords(booking, rendering), stayInShort(booking, rendering), standingInWords(booking)),
          ),
        ],
        sources: finding.bookings.map(bookingSource),
        homes: finding.bookings.flatMap(homesOf),
      };
  }
}

function renderFound(
  booking: Booking,
  others: readonly Booking[],
  { aspect, when, said }: Pick<GuestPlan, 'aspect' | 'when'> & { readonly said: readonly Statement[] },
  rendering: Rendering,
): Draft {
  const who = `*${guestInWords(booking, rendering)}*`;
  const first = booking.stays[0];
  const last = booking.stays.at(-1);
  const upcoming = others.filter(other => tense(other) !== 'past');
  const standing = standingInWords(booking);
  return {
    lines: [
      `${who}: ${dotted(
        isOtherDay(booking, aspect, when) ? '*not then*' : undefined,
        aspectInWords(booking, first, last, aspect, rendering),
        standing,
        plainText(booking.code),
      )}`,
      ...(aspect === 'booking' || booking.stays.length > 1 ? booking.stays.map(stay => stayLine(stay, rendering)) : []),
      ...statementsInWords(said, rendering),
      ...upcoming.map(other => `Also: ${stayInShort(other, rendering)}`),
    ],
    sources: [...[booking, ...upcoming].map(bookingSource), ...statementSources(said, rendering)],
    homes: homesOf(booking),
  };
}

/** The question named days, and it happens on another one. */
function isOtherDay({ stays }: Booking, aspect: Aspect, when: When | undefined): boolean {
  const stay = aspect === 'arrival' ? stays[0] : aspect === 'departure' ? stays.at(-1) : undefined;
  const days = when === undefined || stay === undefined ? undefined : daysAt(when, stay.home);
  if (days === undefined || stay === undefined) return false;
  const date = aspect === 'arrival' ? stay.checkIn : stay.checkOut;
  return date < days.from || date > days.to;
}

function aspectInWords(
  booking: Booking,
  first: Stay | undefined,
  last: Stay | undefined,
  aspect: Aspect,
  rendering: Rendering,
): string {
  const day = (date: Stay['checkIn']): string => dayInWords(date, rendering.thisYear);
  const at = (time: Stay['arrival'], stay: Stay | undefined): string =>
    stay === undefined ? '' : timeInWords(time, stay.home, rendering);
  const nights = counted(daysBetween(startOf(booking), endOf(booking)), 'night');
  const whole = `${datesInWords(wholeStay(booking), rendering)}, ${nights}`;
  const where = homesOf(booking).map(homeInWords).join(', then ');
  // It also tells who is there or gone already. Of an unconfirmed booking it is said behind it.
  const status = booking.standing === 'stay' ? plainName(booking.statusText) : undefined;
  switch (aspect) {
    case 'arrival':
      return dotted(`arrives ${day(startOf(booking))} ${at(first?.arrival, first)}`, where, status);
    case 'departure':
      return dotted(`leaves ${day(endOf(booking))} ${at(last?.departure, last)}`, where, status);
    case 'nights':
      return `${whole} · ${where}`;
    case 'party':
      return `${partyInWords(booking) ?? `party ${FIXED.notRecorded}`} · ${where} · ${whole}`;
    case 'home':
      return `${where} · ${whole}`;
    case 'status':
      return dotted(status, where, whole);
    case 'booking':
      return dotted(where, whole, partyInWords(booking), status);
  }
}

function stayLine(stay: Stay, rendering: Rendering): string {
  const move = stay.movedFrom === undefined ? '' : ` (move from ${homeInWords(stay.movedFrom)})`;
  return `• ${homeInWords(stay.home)}${move}: ${stayTimes(stay, rendering).join(', ')}`;
}

const stayInShort = (booking: Booking, rendering: Rendering): string =>
  [
    homesOf(booking).map(homeInWords).join(', then '),
    datesInWords(wholeStay(booking), rendering),
    plainText(booking.code),
  ].join(', ');

const wholeStay = (booking: Booking): Pick<Stay, 'checkIn' | 'checkOut'> => ({
  checkIn: startOf(booking),
  checkOut: endOf(booking),
});

const homesOf = (booking: Booking): Stay['home'][] => booking.stays.map(stay => stay.home);
