import type { Plan } from '@innkeeper/shared/domain/plan';
import { counted, daysInWords } from '../compose/days-in-words.ts';
import type { Draft, Rendering } from '../compose/draft.ts';
import { FIXED } from '../compose/fixed-words.ts';
import { headingOf, searchedBookings } from '../compose/heading.ts';
import { plainName, plainText } from '../compose/plain-text.ts';
import type { FreeSearch, MeantGuests } from '../retrieve/free-search.ts';

/** What a search looked into, for an honest "I don't know": which kinds, of whom, of which homes and days. Pure. */
export function searchedInWords(search: FreeSearch, isChatSearched: boolean, { homes, thisYear }: Rendering): string {
  const { kinds, rooms, guests, days } = search;
  const chat = rooms === undefined ? 'the team chat' : rooms.map(name => plainText(`#${name}`)).join(', ');
  const words = kinds.flatMap(kind =>
    kind === 'chat-message' ? (isChatSearched ? chat : []) : (KIND_WORDS[kind] ?? []),
  );
  if (words.length === 0) return 'nothing that may be read here';
  const named = search.homes.map(id => plainName(homes.home(id).name));
  const daysSaid = days === undefined ? undefined : daysInWords(days, thisYear);
  return [
    words.join(', '),
    ...(guests === undefined ? [] : [ofWhom(guests)]),
    ...(daysSaid === undefined ? [] : [guests === undefined ? `from ${daysSaid}` : daysSaid]),
    ...(named.length === 0 ? [] : [`about ${named.join(', ')}`]),
  ].join(' ');
}

function ofWhom({ whose, bookings }: MeantGuests): string {
  if (whose === 'named') return `of ${plainName(bookings[0]?.guest?.full ?? 'this guest')}`;
  return `of ${counted(bookings.length, 'booking')} ${whose === 'staying' ? 'in house' : whose}`;
}

/** Nobody comes, goes or stays then: an answer, and no reason to search wider. */
export function renderNoGuests(
  { whose = 'staying', when, homes: named }: Extract<Plan, { kind: 'search' }>,
  rendering: Rendering,
): Draft {
  const homes = named.map(id => rendering.homes.home(id));
  const title = { arriving: 'Checking in', leaving: 'Checking out', staying: 'In house' }[whose];
  const heading = when === undefined ? `*${title}*` : headingOf(title, when, homes, rendering);
  return {
    lines: [`${heading}: ${FIXED.nobody}`, searchedBookings(homes, rendering)],
    sources: [],
    homes,
  };
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  reservation: 'bookings',
  listing: 'descriptions of homes',
  'guest-message': 'guest messages',
  task: 'tasks',
  call: 'notes on calls',
  'text-message': 'text messages',
};
