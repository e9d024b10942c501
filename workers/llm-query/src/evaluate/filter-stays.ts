import type { StayFilter } from '@innkeeper/shared/domain/plan';
import type { Booking } from './bookings.ts';
import type { StayEvent } from './stay-events.ts';

/** Narrows a list of movements. Pure. */
export interface FilteredStays {
  readonly fitting: readonly StayEvent[];
  /** Nothing recorded speaks against these, and something that was asked is not recorded of them. */
  readonly unsaid: readonly StayEvent[];
}

export function filterStays(events: readonly StayEvent[], only: StayFilter | undefined): FilteredStays {
  if (only === undefined) return { fitting: events, unsaid: [] };
  const judged = events.map(event => ({ event, answers: answersOf(event, only) }));
  return {
    fitting: judged.filter(({ answers }) => answers.every(answer => answer === true)).map(({ event }) => event),
    unsaid: judged
      .filter(({ answers }) => !answers.includes(false) && answers.includes(undefined))
      .map(({ event }) => event),
  };
}

/** One per thing asked; undefined where the record says nothing of it. */
function answersOf({ time, booking }: StayEvent, only: StayFilter): (boolean | undefined)[] {
  const { after, before, partyMin } = only;
  const answers: (boolean | undefined)[] = [];
  if (after !== undefined) answers.push(time && time.at > after);
  if (before !== undefined) answers.push(time && time.at < before);
  if (only.with === 'children') answers.push(bringsChildren(booking));
  if (only.with === 'pets') answers.push(noted(booking, PET));
  if (partyMin !== undefined) {
    answers.push(booking.guestsCount === undefined ? undefined : booking.guestsCount >= partyMin);
  }
  return answers;
}

/** A booking's own count comes first; of a baby that nobody counted only what people noted tells. */
function bringsChildren(booking: Booking): boolean | undefined {
  if (booking.children) return true;
  const isNoted = noted(booking, CHILD);
  return isNoted ?? (booking.children === undefined ? undefined : false);
}

/** The note that tells of whom a list is narrowed to, where the booking does not count them. */
export function noteOf({ children, notes }: Booking, only: StayFilter | undefined): string | undefined {
  if (only?.with === undefined || (only.with === 'children' && children)) return undefined;
  const { brought } = only.with === 'pets' ? PET : CHILD;
  return notes.find(({ topic, text }) => brought.test(`${topic}: ${text}`))?.text;
}

/** What the notes say of it: that they come with it, that they do not, or nothing. */
function noted({ notes }: Booking, { brought, excluded }: Noted): boolean | undefined {
  const texts = notes.map(({ topic, text }) => `${topic}: ${text}`);
  if (texts.some(text => excluded.test(text))) return false;
  return texts.some(text => brought.test(text)) ? true : undefined;
}

interface Noted {
  readonly brought: RegExp;
  readonly excluded: RegExp;
}

const NO = "no|not? any|without|kein(?:e|en)?|ohne|sans|pas d['’e]|aucun|sin|sem|nenhum";

/** `signs` tell of them too; but who needs no cot may bring a child all the same. */
function notedAs(words: string, signs = words): Noted {
  const none = String.raw`(?<!\p{L})(?:${NO})\s*`;
  return {
    brought: new RegExp(String.raw`(?<!${none})(?<!\p{L})(?:${words}|${signs})(?!\p{L})`, 'iu'),
    excluded: new RegExp(String.raw`${none}(?:${words})(?!\p{L})`, 'iu'),
  };
}

/** Bookings have no field for animals. */
const PET = notedAs(
  'pets?|dogs?|cats?|pupp(?:y|ies)|hunde?|katzen?|haustiere?|chiens?|chats?|' +
    'animal(?:es|aux)?|perros?|gatos?|mascotas?|c(?:ao|ão|aes|ães)',
);
/** Not the German "Kind": in an English note it is a friendly word. */
const CHILD = notedAs(
  'child(?:ren)?|kids?|bab(?:y|ies|ys)|toddlers?|infants?|(?:klein)?kindern?|' +
    'enfants?|bébés?|niñ[oa]s?|bebés?|crianças?',
  'cots?|cribs?|high ?chairs?|kinderbett|babybett|hochstuhl|cuna|trona|berço',
);
