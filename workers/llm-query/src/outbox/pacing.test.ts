import type { LimitHeard } from '@innkeeper/shared/adapters/rocketchat/rocketchat-pace';
import { createLog } from '@innkeeper/shared/log/log';
import { beforeEach, describe, expect, test } from 'vitest';
import { createPacing, type Pacing } from './pacing.ts';
import type { Turn, TurnRequest } from './turn-ledger.ts';

const question = { ticket: 'q', asker: 'frida', urgency: 'answer' } as const;
let nowMs: number;
let answer: Turn;
let isDown: boolean;
let asked: TurnRequest[];
let told: [string, LimitHeard][];
let pacing: Pacing;
beforeEach(() => {
  nowMs = 0;
  answer = { kind: 'granted' };
  isDown = false;
  asked = [];
  told = [];
  const reach = <T>(value: T): Promise<T> => (isDown ? Promise.reject(new Error('gone')) : Promise.resolve(value));
  pacing = createPacing({
    now: () => nowMs,
    log: createLog('test', () => undefined),
    outbox: {
      turn(request) {
        asked.push(request);
        return reach(answer);
      },
      heard(endpoint, limit) {
        told.push([endpoint, limit]);
        return reach(undefined);
      },
    },
  });
});

describe('an isolate', () => {
  test('asks once ahead, and the turn is there when the answer is', async () => {
    const pace = pacing({ ...question, ahead: 'chat.sendMessage' });
    expect(asked).toEqual([{ ...question, endpoint: 'chat.sendMessage' }]);
    nowMs = 2_000;
    expect(await pace.turn('chat.sendMessage')).toEqual({ ok: true });
    expect(asked).toHaveLength(1);
  });

  test('asks again when the answer took so long that the turn counts for nothing', async () => {
    const pace = pacing({ ...question, ahead: 'chat.sendMessage' });
    nowMs = 3_000;
    await pace.turn('chat.sendMessage');
    expect(asked).toHaveLength(2);
  });

  test('uses a turn once', async () => {
    const pace = pacing({ ...question, ahead: 'chat.sendMessage' });
    await pace.turn('chat.sendMessage');
    await pace.turn('chat.sendMessage');
    expect(asked).toHaveLength(2);
  });

  test('says until when a call has to wait, and that it was not made', async () => {
    answer = { kind: 'later', at: 30_000 };
    expect(await pacing(question).turn('chat.sendMessage')).toMatchObject({
      ok: false,
      error: { kind: 'unavailable', retryAfterMs: 30_000, unsent: true },
    });
  });

  test('asks for no turns once a reply told that the bot is not counted, and tells the others once', async () => {
    const pace = pacing(question);
    pace.heard('rooms.info', { kind: 'exempt' });
    pace.heard('rooms.info', { kind: 'exempt' });
    expect(told).toEqual([['rooms.info', { kind: 'exempt' }]]);
    expect(await pacing({ ...question, ahead: 'chat.update' }).turn('rooms.info')).toEqual({ ok: true });
    expect(asked.map(({ endpoint }) => endpoint)).toEqual(['chat.update']);
  });

  test('learns from the outbox what other isolates heard', async () => {
    answer = { kind: 'exempt' };
    await pacing(question).turn('chat.sendMessage');
    await pacing(question).turn('chat.sendMessage');
    expect(asked).toHaveLength(1);
  });

  test('asks again when the role was taken away, and passes every refusal on', async () => {
    const pace = pacing(question);
    pace.heard('chat.update', { kind: 'exempt' });
    const refused = { kind: 'refused', retryAfterMs: 9_000 } as const;
    pace.heard('chat.update', refused);
    pace.heard('chat.update', refused);
    await pace.turn('chat.update');
    expect([asked.length, told.length]).toEqual([1, 3]);
  });

  test('goes on without the outbox: Rocket.Chat counts too', async () => {
    isDown = true;
    expect(await pacing({ ...question, ahead: 'chat.sendMessage' }).turn('chat.sendMessage')).toEqual({ ok: true });
    pacing(question).heard('chat.sendMessage', { kind: 'limited' });
  });
});
