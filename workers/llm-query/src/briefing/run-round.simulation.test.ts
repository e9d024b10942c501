import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BriefingDesk, briefed, briefingDesk } from '../../test/support/briefing-desk.ts';
import { booking, listing } from '../../test/support/world.ts';
import { answerMessageId } from '../answer-message-id.ts';
import { occurrences } from './schedule.ts';

/**
 * Days of one object under crons that come late, twice or not at all, stores and a chat that fail or lose their
 * answers, and processes that end at any call. A failing run prints its seed and path: give them to `fc.assert` to
 * replay it.
 */
interface Weather {
  /** Minutes until the next cron. */
  readonly wait: number;
  readonly isDoubled: boolean;
  readonly documents: boolean;
  readonly vectors: boolean;
  readonly chat: 'well' | 'before' | 'after';
  /** The call at which the process ends; undefined: it lives. */
  readonly endsAt: number | undefined;
  /** A booking is made before this cron. */
  readonly books: boolean;
}

const rarely = fc.integer({ min: 1, max: 5 }).map(die => die === 5);
const weather: fc.Arbitrary<Weather> = fc.record({
  wait: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 1, max: 20 }) },
    { weight: 3, arbitrary: fc.integer({ min: 20, max: 170 }) },
    { weight: 1, arbitrary: fc.integer({ min: 170, max: 1500 }) },
  ),
  isDoubled: rarely,
  documents: rarely,
  vectors: rarely,
  chat: fc.constantFrom<Weather['chat']>('well', 'well', 'well', 'before', 'after'),
  endsAt: fc.option(fc.integer({ min: 1, max: 30 }), { freq: 3, nil: undefined }),
  books: rarely,
});
const fine: Weather = {
  wait: 1,
  isDoubled: false,
  documents: false,
  vectors: false,
  chat: 'well',
  endsAt: undefined,
  books: false,
};

class ProcessEnded extends Error {
  override readonly name = 'ProcessEnded';
}

const DAY_MS = 24 * 3_600_000;
const START = Date.parse('2026-03-27T12:00:00Z'); // the clocks change in the night to the 29th
const ROOMS = [
  { room: '#front-desk', id: 'R1', zone: 'Europe/Lisbon', morning: '01:30', evening: '18:00', announce: true },
  { room: '#night', id: 'R2', zone: 'America/New_York', morning: '07:30', evening: '23:30', announce: true },
] as const;

interface Run {
  readonly desk: BriefingDesk;
  /** When each new booking was made, by its code. */
  readonly made: ReadonlyMap<string, number>;
  /** When each message first stood in the chat, by its id. */
  readonly postedAt: ReadonlyMap<string, number>;
  /** Crons in which nothing failed. */
  readonly healthyAt: readonly number[];
}

async function run(days: readonly Weather[]): Promise<Run> {
  let now: Weather = fine;
  let calls = 0;
  const call = (): void => {
    calls += 1;
    if (now.endsAt !== undefined && calls >= now.endsAt) throw new ProcessEnded();
  };
  const down = { kind: 'unavailable', detail: 'down' } as const;
  const desk = briefingDesk({
    documents: () => (call(), now.documents ? down : undefined),
    vectors: () => (call(), now.vectors ? down : undefined),
    chat: phase => (call(), now.chat === phase ? 'unavailable' : undefined),
  });
  await desk.put([listing('l-garden', 'Garden Studio', 'Europe/Lisbon')]);
  for (const { id, room } of ROOMS) await desk.addRoom(id, room.slice(1));
  desk.briefings = briefed(...ROOMS.map(({ id: _id, ...room }) => room));

  const made = new Map<string, number>();
  const postedAt = new Map<string, number>();
  const healthyAt: number[] = [];
  desk.atMs = START;
  await desk.round();
  for (now of [...days, ...Array.from({ length: 4 }, () => ({ ...fine, wait: 4 }))]) {
    desk.atMs += now.wait * 60_000;
    if (now.books) {
      const code = `NEW${made.size}`;
      made.set(code, desk.atMs);
      await desk.put([newBooking(code, desk.atMs)]);
    }
    for (let cron = 0; cron <= Number(now.isDoubled); cron += 1) {
      calls = 0;
      await desk.round();
    }
    if (!now.documents && !now.vectors && now.chat === 'well' && now.endsAt === undefined) healthyAt.push(desk.atMs);
    for (const { messageId } of desk.chat.messages) {
      if (!postedAt.has(messageId)) postedAt.set(messageId, desk.atMs);
    }
  }
  return { desk, made, postedAt, healthyAt };
}

function newBooking(code: string, atMs: number): BusinessRecord {
  const at = new Date(atMs).toISOString();
  const [from, to] = [24, 72].map(hours => new Date(atMs + hours * 3_600_000).toISOString().slice(0, 10));
  const facts = { guest: `Guest ${code}`, home: 'l-garden', from: from ?? '', to: to ?? '', more: { bookedAt: at } };
  return { ...booking(code, facts), receivedAt: at };
}

/** What the run promises and did not keep; empty when all is well. */
async function broken({ desk, made, postedAt, healthyAt }: Run): Promise<string[]> {
  const found: string[] = [];
  const must = (holds: boolean, promise: string): void => {
    if (!holds) found.push(promise);
  };
  const logged = (name: string) => desk.logged.filter(({ event }) => event === name).map(({ fields }) => fields);
  const skips = logged('briefing.skipped');
  must(
    logged('briefing.broke').every(({ kind }) => kind === 'ProcessEnded'),
    'no bug is met',
  );
  for (const due of occurrences(desk.briefings, { afterMs: START, toMs: desk.atMs })) {
    const { room, kind, date, dueAtMs, uselessAtMs } = due;
    const fate = `${room} ${kind} ${date}`;
    const roomId = ROOMS.find(known => known.room === room)?.id;
    const at = postedAt.get(await answerMessageId(`briefing ${roomId} ${kind} ${date}`, 0));
    const skipped = skips.filter(skip => skip['room'] === room && skip['kind'] === kind && skip['slot'] === date);
    must(skipped.length <= 1, `${fate} is skipped once at most`);
    must(at === undefined || (at >= dueAtMs && at < uselessAtMs), `${fate} is posted while it is of use`);
    if (healthyAt.some(healthy => healthy >= dueAtMs && healthy < uselessAtMs)) {
      must(at !== undefined && skipped.length === 0, `${fate} is posted by the first cron that can`);
    } else {
      must(
        at !== undefined || skipped.length === 1 || desk.atMs < uselessAtMs,
        `${fate} is posted, or its loss logged`,
      );
    }
  }
  for (const { room, id } of ROOMS) {
    const isLossLogged = skips.some(skip => skip['room'] === room && skip['kind'] === 'bookings');
    const texts = desk.posts(id).filter(text => text.startsWith('*Next 48 hours*'));
    for (const [code, madeAt] of made) {
      const told = texts.filter(text => text.includes(`· ${code}\n`)).length;
      // One cron to see it, one to find it at rest, one to post: while its guest is still to come.
      const couldBe = healthyAt.filter(healthy => healthy >= madeAt && healthy - madeAt < DAY_MS).length >= 3;
      must(told <= 1, `${code} is told in ${room} once at most`);
      must(told === 1 || isLossLogged || !couldBe, `${code} is told in ${room}`);
    }
  }
  return found;
}

test('every room is briefed once per date, or the log says why not; every new booking is told once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(weather, { minLength: 5, maxLength: 30 }), async days => {
      expect(await broken(await run(days))).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 30_000);
