import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import type { Part } from '../reading.ts';
import { notNames } from './not-names.ts';

/**
 * "Book a cleaner for tomorrow", "please call the guest": asks for a deed and not for an answer. Read from the verb it
 * opens with and what stands behind it, so that "book" in "who booked" and "call" in "call log" are none. Pure.
 */
export function readOrder({ reading }: Asked): Plan | undefined {
  const { tokens, question } = reading;
  const polite = lead.exec(tokens.map(({ text }) => text).join(' '))?.[0] ?? '';
  const at = polite === '' ? 0 : polite.trim().split(' ').length;
  const verb = tokens[at]?.text ?? '';
  const object = tokens[at + 1];
  if (!object || !verbs.has(verb)) return undefined;
  // "can you book the Blue Flat for Friday" asks whether it is free.
  if (verb === 'book' && / (?:you|u) $/u.test(polite) && object.text !== 'a' && object.text !== 'an') return undefined;
  const isThing =
    things.has(object.text) || objects.has(object.text) || (object.text === 'to' && /^(?:reply|write)$/u.test(verb));
  const part = reading.parts.find(({ from, to }) => from <= at + 1 && at + 1 < to);
  // "phone Maria" asks for her number as readily; "call" and "remind" are no nouns before a name in small letters.
  const isLarge = /\p{Lu}/u.test(question[object.start] ?? '') || namesFollow.has(verb);
  const isNamed = !noName.has(verb) && !notNames.has(object.text) && isSomeone(part, isLarge);
  return isThing || isNamed ? { kind: 'unclear', order: true } : undefined;
}

const lead =
  /^(?:(?:please|pls|plz|kindly|hi|hey|hello|innkeeper|ok|okay|now|also|and|then|just|quickly|(?:can|could|would|will) (?:you|u)|i (?:need|want) you to|you (?:need|have) to) )+/u;

const verbs: ReadonlySet<string> = new Set(
  'book|delete|remove|cancel|call|phone|ring|text|message|email|send|move|mark|remind|add|refund|charge|block|unblock|change|update|reschedule|rebook|reply|write|order|schedule|assign|create|tell|ask|notify|inform|forward|transfer|upgrade|relocate'.split(
    '|',
  ),
);
const noName: ReadonlySet<string> = new Set('phone|email|text'.split('|'));
const namesFollow: ReadonlySet<string> = new Set('call|remind|refund|tell|ask|notify|inform'.split('|'));
const objects: ReadonlySet<string> = new Set('a|an|the|my|our|it|them|him|her|his|their|all|every|another'.split('|'));
/** Without an article: "cancel booking HM1234". */
const things: ReadonlySet<string> = new Set(
  'booking|reservation|guest|cleaner|cleaning|task|check|checkout|checkin|housekeeping|maintenance'.split('|'),
);

/** "send Mia", "move the Larsens", "mark Casa Verde"; not "message today". */
const isSomeone = (part: Part | undefined, isLarge: boolean): boolean =>
  part?.kind === 'home' || (part?.kind === 'unknown' && isLarge) || (part?.kind === 'tag' && part.tag === 'title');
