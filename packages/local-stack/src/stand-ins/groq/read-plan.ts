import type { JsonSchema } from './fill-schema.ts';

/**
 * What the honest model makes of a question when a plan is asked of it: it knows a handful of words of Italian and
 * Japanese, enough to tell who comes, who leaves or what is free, and on which day. Pure.
 */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['arrivals', /\barriv\p{L}*|到着|チェックイン/iu],
  ['departures', /\b(?:parte|partono|partenze)\b|出発|チェックアウト/iu],
  ['free_homes', /\bliber[aeio]\b|空いている/iu],
];
const DAYS: readonly (readonly [string | null, RegExp])[] = [
  ['P2D', /dopodomani|明後日/iu],
  ['P1D', /domani|明日/iu],
  ['-P1D', /\bieri\b|昨日/iu],
  [null, /\boggi\b|\bstanotte\b|今日|今晩/iu],
];

/** The plan as an object of the schema's form; `undefined` where no plan is asked for or none of its words is known. */
export function readPlan(schema: JsonSchema, question: string): Record<string, unknown> | undefined {
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, JsonSchema>>;
  const kinds = properties['kind']?.['enum'];
  const [kind] =
    KINDS.find(([name, words]) => Array.isArray(kinds) && kinds.includes(name) && words.test(question)) ?? [];
  if (kind === undefined || properties['when'] === undefined) return undefined;
  const plan: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(properties)) plan[name] = nothingOf(property);
  return { ...plan, kind, when: whenIn(question) };
}

function whenIn(question: string): object | null {
  const found = DAYS.map(([away, words]) => ({ away, words: words.exec(question)?.[0] }));
  const day = found.find(({ words }) => words !== undefined);
  if (day === undefined) return null;
  const from = { anchor: 'today', away: day.away, weekday: null, day: null, month: null, year: null };
  return { words: day.words, span: 'on', from, to: null, length: null };
}

/** What a property holds of which the question does not speak. */
function nothingOf(property: JsonSchema): unknown {
  if (property['type'] === 'array') return [];
  return Array.isArray(property['enum']) ? property['enum'][0] : null;
}
