import type { Plan } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import { hasAny, isCovered } from './coverage.ts';

/** Calls of a day or range. Pure. */
export function readCalls(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!hasAny(reading, 'call', 'calls', 'voicemail') || reading.homes.length > 0) return undefined;
  if (!isCovered(reading, ['call', 'calls', 'missed', 'voicemail', 'who', 'which', 'count', 'time'])) return undefined;
  const isAsked = hasAny(reading, 'calls', 'who', 'which', 'missed', 'voicemail', 'count');
  // "please call us today" asks for nothing we hold.
  if (!isAsked) return undefined;
  const when = onlyWhen(asked, { unit: 'days', lean: 'past' });
  const filter = reading.tags.has('voicemail') ? 'voicemail' : reading.tags.has('missed') ? 'missed' : 'all';
  return when && { kind: 'calls', when, filter, form: reading.tags.has('count') ? 'count' : 'list' };
}
