import { expect, it } from 'vitest';
import { virtualClock } from '../testing/virtual-clock.ts';
import { listenerStatus } from './listener-status.ts';

it('shows how far a scan is, how fast it goes and how long it will take, until the stream is followed', async () => {
  const clock = virtualClock();
  const status = listenerStatus(clock, process.memoryUsage);
  const message = { expected: 1_000, done: false };
  status.enter('snapshot');
  status.scanned({ message: { ...message, scanned: 100 } });
  await clock.advance(2_000);
  status.scanned({ message: { ...message, scanned: 400 } });

  expect(status.report().scan).toEqual({
    collections: { message: { scanned: 400, expected: 1_000, done: false } },
    scanned: 400,
    expected: 1_000,
    perSecond: 150,
    secondsLeft: 4,
    bar: '[#########---------------]  40 %  400 of 1,000  150/s  4 s left',
  });
  status.enter('streaming');
  expect(status.report().scan).toBeUndefined();
});
