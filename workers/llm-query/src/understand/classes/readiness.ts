import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';
import { knownDays } from './stays.ts';

/** Whether homes are ready for whoever comes. Pure. */

/** Of a home "done" means cleaned; of what is left unsaid it may mean anything. */
const saysDone = ({ tokens }: Reading): boolean => tokens.some(({ text }) => text === 'done' || text === 'finished');

/** "can the guests get into the Blue Flat already", without an hour: whether it is ready. */
const mayComeNow = ({ tags, homes, limits }: Reading): boolean =>
  tags.has('can') &&
  tags.has('arrive') &&
  (tags.has('still') || tags.has('now')) &&
  homes.length > 0 &&
  limits.length === 0;

const aroundReady: readonly Tag[] = [
  'all_of_them',
  'cleaning',
  'time',
  'with',
  'ready',
  'which',
  'who',
  'homes',
  'count',
  'now',
  'next',
  'arrival',
  'guest',
  'not',
  'still',
  'can',
  'status',
  'pronoun',
  'was',
  'how',
];

export function readReadiness(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const mayCome = mayComeNow(reading);
  if (!reading.tags.has('ready') && !mayCome) return undefined;
  if (saysDone(reading) && reading.homes.length === 0 && !hasAny(reading, 'homes', 'cleaning')) return undefined;
  const comes: readonly Tag[] = mayCome ? ['arrive'] : [];
  if (!isCovered(reading, [...aroundReady, ...comes])) return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'readiness', when, homes: homesOf(reading) };
}
