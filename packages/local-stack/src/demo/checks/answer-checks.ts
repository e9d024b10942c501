import type { StayFact } from '../world/truth.ts';
import type { Home, World, WorldGuest } from '../world/world.ts';

/**
 * Whether an answer, read as a person would, says what is true: everything that belongs in it, nothing that does not.
 * Each check returns the sentences of what is wrong; an empty list is a pass.
 */
export type Problems = readonly string[];

export const fullName = (guest: WorldGuest): string => `${guest.first} ${guest.last}`;

/** Every stay on a line of its own with home, guest, time and its kind; no other guest of the world anywhere. */
export function saysStays(answer: string, world: World, facts: readonly StayFact[]): Problems {
  const lines = answer.split('\n');
  const missing = facts.flatMap(fact => {
    const guest = fullName(fact.booking.guest);
    const line = lines.find(candidate => candidate.includes(guest) && candidate.includes(fact.home.name));
    if (line === undefined) return [`${guest} at ${fact.home.name} is missing`];
    return [
      ...(line.includes(fact.time) ? [] : [`${guest}: the time ${fact.time} is missing in "${line}"`]),
      ...(line.includes(fact.timeKind) ? [] : [`${guest}: "${fact.timeKind}" is missing in "${line}"`]),
      ...(fact.confirmed || line.includes('not confirmed')
        ? []
        : [`${guest}: "not confirmed" is missing in "${line}"`]),
    ];
  });
  const belongs = new Set(facts.map(fact => fact.booking.guest));
  return [...missing, ...strangers(answer, world, guest => belongs.has(guest)), ...emptyWord(answer, facts.length)];
}

/** Exactly these homes are named. */
export function saysHomes(answer: string, world: World, homes: readonly Home[]): Problems {
  const wanted = new Set(homes);
  return world.homes.flatMap(home => {
    const named = answer.includes(home.name);
    if (wanted.has(home) && !named) return [`${home.name} is missing`];
    if (!wanted.has(home) && named) return [`${home.name} does not belong here`];
    return [];
  });
}

/** The last line names sources and clocks ("Lisbon"), not homes; homes must be counted in the list alone. */
export const withoutFooter = (answer: string): string => answer.split('\n').slice(0, -1).join('\n');

/** A home that is only reserved may be named, if the line says so; it is neither free nor taken for certain. */
export const withoutHeld = (answer: string): string =>
  answer
    .split('\n')
    .filter(line => !line.includes('not confirmed'))
    .join('\n');

/** Each of `phrases` stands in the answer (letter case aside). */
export const says = (answer: string, ...phrases: string[]): Problems =>
  phrases
    .filter(phrase => !answer.toLowerCase().includes(phrase.toLowerCase()))
    .map(phrase => `"${phrase}" is missing`);

/** None of `phrases` stands in the answer. */
export const neverSays = (answer: string, ...phrases: string[]): Problems =>
  phrases
    .filter(phrase => answer.toLowerCase().includes(phrase.toLowerCase()))
    .map(phrase => `"${phrase}" must not be said`);

/** A number standing alone, so that 1 is not found in 15:00. */
export const saysNumber = (answer: string, count: number): Problems =>
  new RegExp(`(?<![\\d:.,-])${count}(?![\\d:]|[.,]\\d)`, 'u').test(answer) ? [] : [`the number ${count} is missing`];

/** No guest of the world besides those of whom `belongs` is true. */
export function strangers(answer: string, world: World, belongs: (guest: WorldGuest) => boolean): Problems {
  return world.guests
    .filter(guest => !belongs(guest) && answer.includes(fullName(guest)))
    .map(guest => `${fullName(guest)} does not belong here`);
}

/** Nothing of what is never shown in chat: guests' contact data and door codes. */
export function keepsSecrets(answer: string, world: World): Problems {
  const shownContact = world.guests
    .flatMap(guest => [guest.email, guest.phone, guest.phone.replace(/\D/gu, '')])
    .some(secret => answer.includes(secret));
  const standingAlone = new Set(answer.match(/(?<![\p{L}\d:.,-])\d{4}(?![\p{L}\d:]|[.,-]\d)/gu) ?? []);
  const shownCode = world.bookings.some(booking => standingAlone.has(booking.doorCode));
  return [
    ...(shownContact ? ['a contact detail of a guest is shown'] : []),
    ...(shownCode ? ['a door code is shown'] : []),
  ];
}

const emptyWord = (answer: string, count: number): Problems => (count === 0 ? says(answer, 'nobody') : []);
