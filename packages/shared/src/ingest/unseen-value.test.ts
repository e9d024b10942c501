import { expect, test } from 'vitest';
import { createLog } from '../log/log.ts';
import { createUnseenTeller } from './unseen-value.ts';

test('a word is told once, what is no word only as such, and a flood of inventions ends', () => {
  const lines: string[] = [];
  const tell = createUnseenTeller(
    createLog('test', line => lines.push(line)),
    'guesty',
  );
  tell([{ field: 'reservation.status', value: 'on_hold' }]);
  tell([{ field: 'reservation.status', value: 'on_hold' }]);
  tell([{ field: 'reservation.status', value: 'call me on 020 7946 0103' }]);
  expect(lines.map(line => (JSON.parse(line) as { value: string }).value)).toEqual(['on_hold', '(not a word)']);
  tell(Array.from({ length: 500 }, (_, index) => ({ field: 'x', value: `made-up-${index}` })));
  expect(lines).toHaveLength(200);
});
