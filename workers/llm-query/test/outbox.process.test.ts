import {
  BOT,
  FRIDA,
  type RunningChat,
  runChat,
} from '@innkeeper/local-stack/stand-ins/rocketchat/testing/running-chat';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import type { ChatError } from '@innkeeper/shared/ports/team-chat';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createPacing } from '../src/outbox/pacing.ts';
import { TURNS_PER_WINDOW, TurnLedger, WINDOW_MS } from '../src/outbox/turn-ledger.ts';
import { sqliteStorage } from './support/sqlite-storage.ts';

/** The outbox's turns against Rocket.Chat's own counting, over HTTP; time passes for both as the test says. */
const START = Date.parse('2026-11-21T09:41:00Z');
let chat: RunningChat;
let nowMs = START;
let ledger: TurnLedger;
let pacing: ReturnType<typeof createPacing>;
let turnsAsked: number;

beforeAll(async () => {
  chat = await runChat();
  const both = [FRIDA.userId, BOT.userId];
  await chat.control('PUT', 'rooms/GENERAL', { t: 'c', name: 'general', memberIds: both });
});
afterAll(() => chat?.close());

beforeEach(() => {
  pass(10 * 60_000);
  turnsAsked = 0;
  ledger = new TurnLedger(sqliteStorage());
  pacing = createPacing({
    now: () => nowMs,
    log: createLog('test', () => undefined),
    outbox: {
      turn(request) {
        turnsAsked += 1;
        return Promise.resolve(ledger.take(request, nowMs));
      },
      heard(endpoint, limit) {
        if (limit.kind === 'refused') ledger.close(endpoint, nowMs + limit.retryAfterMs);
        else ledger.setExempt(endpoint, limit.kind === 'exempt', nowMs);
        return Promise.resolve();
      },
    },
  });
});

function pass(milliseconds: number): void {
  nowMs += milliseconds;
  chat.setTime(new Date(nowMs).toISOString());
}

const limitCalls = (exemptBots: boolean): Promise<unknown> =>
  chat.control('POST', 'rate-limit', { enabled: true, exemptBots });

/** Undefined where it was sent. */
async function send(id: string, asker: string): Promise<ChatError | undefined> {
  const adapter = rocketChatTeamChat({
    fetch,
    url: chat.url(),
    userId: BOT.userId,
    authToken: new Secret(BOT.authToken),
    pace: pacing({ ticket: id, asker, urgency: 'answer' }),
  });
  const sent = await adapter.sendMessage({ messageId: id, roomId: 'GENERAL', text: 'an answer' });
  return sent.ok ? undefined : sent.error;
}

describe('answers of a bot that Rocket.Chat counts', () => {
  test('are sent at the times the outbox names, and Rocket.Chat refuses none', async () => {
    await limitCalls(false);
    const due = Array.from({ length: 25 }, (_, index) => ({ id: `flood-${nowMs}-${index}`, at: nowMs }));
    let minutes = 0;
    for (let next = due.shift(); next !== undefined; next = due.shift()) {
      if (next.at > nowMs) pass(next.at - nowMs);
      const error = await send(next.id, 'frida');
      if (error === undefined) continue;
      if (error.kind !== 'unavailable') throw new Error(error.detail);
      expect(error.unsent).toBe(true);
      due.push({ id: next.id, at: nowMs + (error.retryAfterMs ?? 0) });
      due.sort((left, right) => left.at - right.at);
      minutes = Math.max(minutes, (error.retryAfterMs ?? 0) / WINDOW_MS);
    }
    expect(minutes).toBeLessThanOrEqual(2);
  });

  test('wait as long as Rocket.Chat says when others used up the minute', async () => {
    await limitCalls(false);
    for (let call = 0; call < TURNS_PER_WINDOW; call += 1) {
      const message = { rid: 'GENERAL', msg: 'from the same address' };
      expect((await chat.api('chat.sendMessage', { body: { message } })).status).toBe(200);
    }
    pass(3_000);
    const refused = await send('refused', 'frida');
    expect(refused).toMatchObject({ kind: 'unavailable', retryAfterMs: 57_000 });
    expect(refused).not.toHaveProperty('unsent');
    expect(await send('behind', 'bruno')).toMatchObject({ retryAfterMs: 57_000, unsent: true });
    pass(57_000);
    expect([await send('refused', 'frida'), await send('behind', 'bruno')]).toEqual([undefined, undefined]);
  });
});

test('a bot whose role is exempt sends at once, and asks for a turn no more than once', async () => {
  await limitCalls(true);
  for (let index = 0; index < 25; index += 1) expect(await send(`exempt-${index}`, 'frida')).toBeUndefined();
  expect(turnsAsked).toBe(1);
  await limitCalls(false);
  for (let index = 0; index < 3; index += 1) expect(await send(`counted-${index}`, 'frida')).toBeUndefined();
  expect(turnsAsked).toBe(3);
});
