import { createLog } from '@innkeeper/shared/log/log';
import type { ChatError, TeamChat } from '@innkeeper/shared/ports/team-chat';
import { err } from '@innkeeper/shared/result/result';
import { inMemoryTeamChat } from '@innkeeper/shared/testing/in-memory-team-chat';
import { beforeEach, describe, expect, test } from 'vitest';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { DeliveryLog } from './delivery-log.ts';
import { type LookingPorts, takeAwayLeftOver, whileLooking } from './looking.ts';

let nowMs: number;
let timer: { delayMs: number; run: () => void } | undefined;
let chat: ReturnType<typeof inMemoryTeamChat>;
let deliveries: DeliveryLog;
let ports: LookingPorts;
beforeEach(() => {
  nowMs = 1_000_000;
  timer = undefined;
  chat = inMemoryTeamChat();
  chat.addRoom('R', 'public');
  chat.hear({ messageId: 'q', roomId: 'R', text: 'who arrives?', authorId: 'frida' });
  deliveries = new DeliveryLog(sqliteStorage());
  ports = {
    chat,
    courtesy: chat,
    deliveries,
    log: createLog('test', () => undefined),
    now: () => nowMs,
    random: () => 1,
    after(delayMs, run) {
      timer = { delayMs, run };
      return () => {
        timer = undefined;
      };
    },
  };
});

const question = { messageId: 'q', acceptedAt: 1_000_000 };
const settled = (): boolean => false;
const open = (): boolean => true;
/** The second passes while the answer is being worked on. */
const slowly = (): Promise<void> => {
  nowMs += timer?.delayMs ?? 0;
  timer?.run();
  return Promise.resolve();
};
const quickly = (): Promise<void> => Promise.resolve();
const unavailable: ChatError = { kind: 'unavailable', detail: 'down' };
const refusing = (refusal: ChatError): Pick<TeamChat, 'react'> => {
  const refused = Promise.resolve(err(refusal));
  return { react: () => refused };
};

describe('a question', () => {
  test('answered within a second is never marked', async () => {
    await whileLooking(question, ports, quickly, settled);
    expect([timer, chat.reactionsTo('q'), deliveries.mark('q')]).toEqual([undefined, [], undefined]);
  });

  test('that takes longer carries an hourglass until it is settled', async () => {
    let during: readonly string[] = [];
    const work = async (): Promise<void> => {
      await slowly();
      during = chat.reactionsTo('q');
    };
    await whileLooking(question, ports, work, settled);
    expect(during).toEqual([':hourglass_flowing_sand:']);
    expect([chat.reactionsTo('q'), deliveries.mark('q')]).toEqual([[], undefined]);
  });

  test('counts its second from when it was accepted', async () => {
    nowMs += 700;
    let delay: number | undefined;
    const work = (): Promise<void> => {
      delay = timer?.delayMs;
      return Promise.resolve();
    };
    await whileLooking(question, ports, work, settled);
    expect(delay).toBe(300);
  });

  test('that has to wait keeps its mark over the tries', async () => {
    await whileLooking(question, ports, quickly, open);
    expect(chat.reactionsTo('q')).toHaveLength(1);
    await whileLooking(question, ports, quickly, open);
    await whileLooking(question, ports, quickly, settled);
    expect(chat.reactionsTo('q')).toEqual([]);
  });

  test('is answered though Rocket.Chat takes no reactions', async () => {
    const down = refusing(unavailable);
    let isWorkDone = false;
    const work = async (): Promise<void> => {
      await slowly();
      isWorkDone = true;
    };
    await whileLooking(question, { ...ports, chat: down, courtesy: down }, work, settled);
    expect(isWorkDone).toBe(true);
  });

  test('goes without a mark where calls are scarce, and spends none on taking it away', async () => {
    const scarce = refusing({ ...unavailable, unsent: true, retryAfterMs: 60_000 });
    const forbidden = refusing({ kind: 'denied', detail: 'not called' });
    await whileLooking(question, { ...ports, courtesy: scarce, chat: forbidden }, slowly, settled);
    expect(deliveries.mark('q')).toBeUndefined();
  });
});

describe('a mark left over', () => {
  test('by a crash is taken away once its question is settled, not before', async () => {
    const crash = new Error('the process ended');
    const crashed = whileLooking(question, ports, () => slowly().then(() => Promise.reject(crash)), open);
    await expect(crashed).rejects.toBe(crash);
    expect(chat.reactionsTo('q')).toHaveLength(1);
    await takeAwayLeftOver(open, ports);
    expect(chat.reactionsTo('q')).toHaveLength(1);
    await takeAwayLeftOver(settled, ports);
    expect([chat.reactionsTo('q'), deliveries.nextMarkDueAt(open)]).toEqual([[], undefined]);
  });

  test('because Rocket.Chat was busy is taken away when it said, and given up after a day', async () => {
    const busy = { ...ports, chat: refusing({ ...unavailable, retryAfterMs: 57_000 }) };
    await whileLooking(question, busy, slowly, settled);
    expect(deliveries.nextMarkDueAt(open)).toBe(nowMs + 57_000);
    nowMs += 56_999;
    await takeAwayLeftOver(settled, ports);
    expect(chat.reactionsTo('q')).toHaveLength(1);
    nowMs += 1;
    await takeAwayLeftOver(settled, busy);
    nowMs += 24 * 3_600_000;
    await takeAwayLeftOver(settled, busy);
    expect(deliveries.mark('q')).toBeUndefined();
  });

  test('on a question that was deleted is forgotten', async () => {
    const gone = { ...question, messageId: 'deleted' };
    deliveries.addMark('deleted', nowMs);
    await whileLooking(gone, ports, quickly, settled);
    expect(deliveries.mark('deleted')).toBeUndefined();
  });
});
