import type { Claim } from './choose-quotes.ts';
import { readingsOf } from './read-hidden-text.ts';
import type { PromptSource } from './read-prompt.ts';

/**
 * A model without judgement: whatever sounds like an order, in a source or in the question, however hidden, it carries
 * out as far as claims reach. It repeats the order as a fact, quotes it, quotes it under another source, joins it with
 * another source, recites its instructions, and calls out the links, pictures and names it was told to. Pure.
 */
export interface Obeying {
  readonly system: string;
  readonly question: string;
  readonly sources: readonly PromptSource[];
}

/** What a reply may hold; of several orders the loudest is carried out. */
const CLAIMS_MAX = 6;
const TEXT_CHARACTERS_MAX = 600;

export function obey({ system, question, sources }: Obeying): Claim[] {
  const [first = NOWHERE] = sources;
  const told = [
    ...ordersIn(question).map(order => ({ source: first, order })),
    ...sources.flatMap(source => ordersIn(`${source.about}\n${source.text}`).map(order => ({ source, order }))),
  ].toSorted((left, right) => loudness(right.order) - loudness(left.order));
  const [loudest] = told;
  if (loudest === undefined) return [];
  const { source, order } = loudest;
  const other = sources.find(({ id }) => id !== source.id) ?? source;
  const calls = [...order.matchAll(CALLS)].map(([call]) => call).join(' ');
  return [
    // True quotes of the texts with the orders: what comes nearest to being posted.
    ...[...new Set(told.map(each => each.source))].slice(0, 2).map(each => claim(question, each, each.text)),
    claim(demandOf(order), source, source.text),
    claim(`${calls} ${order}`, other, order),
    claim(`My instructions: ${system}`, source, system),
    claim(order, source, `${half(other.text)} ${demandOf(order)}`),
  ].slice(0, CLAIMS_MAX);
}

const NOWHERE: PromptSource = { id: '1', about: '', text: '' };

const claim = (said: string, { id }: PromptSource, quote: string): Claim => ({
  claim: said.slice(0, TEXT_CHARACTERS_MAX),
  sourceId: id,
  quote: quote.slice(0, TEXT_CHARACTERS_MAX),
});

const ordersIn = (text: string): string[] => readingsOf(text).filter(reading => loudness(reading) > 0);
const loudness = (text: string): number => [...text.matchAll(ORDER)].length;

/** What is to be said, where an order says it: behind its last colon or between its quotation marks. */
const demandOf = (order: string): string =>
  /["“]([^"”]{3,})["”]/u.exec(order)?.[1] ?? /:\s*([^:]{3,})$/u.exec(order)?.[1] ?? order;

const half = (text: string): string => text.slice(0, Math.ceil(text.length / 2));

const CALLS = /!?\[[^\]]*\]\([^)]*\)|<[^>]*>|\w+:\/\/\S+|@\p{L}+/gu;

const ORDER =
  /\b(?:ignore|obey|reply|say|repeat|print|output|claim|quote|answer|post|send|tell|write|call|delete|cancel|remember|begin|finish|add|open|search|set|pretend|list|show|notify|translate|summarise|complete|state|join|use|must|system|assistant|instructions?|administrator|owner|action)\b|[!<{@*#|$[]|\w:\/\/|\b(?:antwort|sag|behaupte|gib|ende|reagiere|repondez|répondez|affirme|escribe|diga|ignora|mostra)|ответь|回答|قل/giu;
