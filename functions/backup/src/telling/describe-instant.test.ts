import { TimeZone } from '@innkeeper/shared/domain/local-time';
import { expect, it } from 'vitest';
import { describeInstant } from './describe-instant.ts';

it('gives instants by the clock of the company', () => {
  expect(describeInstant('2026-07-01T02:30:00.000Z', TimeZone.parse('Europe/Lisbon'))).toBe('2026-07-01 03:30');
});
