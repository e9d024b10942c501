import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, it } from 'vitest';
import { questionWorld } from '../testing/question-world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const createWorld = () => questionWorld(fault => inMemoryDocumentStore({ fault }));

const unavailable = { kind: 'unavailable', detail: 'status 503' } as const;
const refused = { kind: 'refused', detail: 'status 400' } as const;
const denied = { kind: 'denied', detail: 'status 401' } as const;

describe('a question whose webhook was lost', () => {
  it('is offered once, when it had 30 s for its answer, and never again', async () => {
    const world = createWorld();
    const id = world.ask();
    world.pass(29 * SECOND);
    await world.round();
    expect(world.offered).toEqual([]);

    world.pass(SECOND);
    await world.round();
    await world.round();
    world.restart();
    world.pass(MINUTE);
    await world.round();
    expect(world.offeredIds()).toEqual([id]);
  });

  it('is not lost where it was answered', async () => {
    const world = createWorld();
    await world.answerInChat(world.ask());
    world.pass(MINUTE);
    await world.round();
    expect(world.offered).toEqual([]);
  });

  it('is told from what others write, and from what the assistant does', async () => {
    const world = createWorld();
    world.ask({ msg: 'the boiler is off until noon' });
    world.ask({ u: { _id: 'bOtUsErId00000001', username: 'concierge.bot' } });
    world.ask({ t: 'rm' });
    world.ask({ _hidden: true });
    world.ask({ ts: '2026-11-21T12:00:00.000Z' });
    const byWord = world.ask({ msg: '!ask who is here?' });
    world.pass(MINUTE);
    await world.round();
    expect(world.offeredIds()).toEqual([byWord]);
  });

  it('is never offered from a live chat or a room that is gone', async () => {
    const world = createWorld();
    world.ask({ rid: 'LIVE' });
    world.ask({ rid: 'GONE' });
    world.pass(MINUTE);
    expect(await world.round()).toBe('well');
    world.rooms.set('GONE', { type: 'c', name: 'back' });
    await world.round();
    expect(world.offered).toEqual([]);
  });

  it('is looked for an hour back when nothing is known yet', async () => {
    const world = createWorld();
    world.ask();
    world.pass(61 * MINUTE);
    const id = world.ask();
    world.pass(MINUTE);
    await world.round();
    expect([world.offeredIds(), world.alerts]).toEqual([[id], []]);
  });

  it('is found although the clock was ahead for a while', async () => {
    const world = createWorld();
    world.pass(24 * 60 * MINUTE);
    await world.round();
    world.pass(-24 * 60 * MINUTE);
    const id = world.ask();
    world.pass(MINUTE);
    await world.round();
    expect(world.offeredIds()).toEqual([id]);
  });

  it('is found among hundreds of one millisecond', async () => {
    const world = createWorld();
    const ids = Array.from({ length: 450 }, () => world.ask());
    world.pass(MINUTE);
    for (let round = 0; round < 3; round += 1) await world.round();
    expect(world.offeredIds().sort()).toEqual(ids.sort());
    world.restart();
    await world.round();
    expect(world.offered).toHaveLength(ids.length);
  });

  it('leaves no word of it in the log', async () => {
    const world = createWorld();
    world.ask();
    world.assistantAnswers(() => refused);
    world.pass(MINUTE);
    for (let round = 0; round < 3; round += 1) await world.round();
    world.chatIsDown(true);
    await world.round();
    expect(world.logged.join('\n')).toContain('question.given_up');
    expect(world.logged.join('\n')).not.toContain('checking in');
  });
});

describe('when the assistant is out of order', () => {
  it('one question is offered again, and the others after it all the same', async () => {
    const world = createWorld();
    const [first, second] = [world.ask(), world.ask()];
    world.pass(MINUTE);
    world.assistantAnswers(id => (id === first ? unavailable : undefined));
    expect(await world.round()).toBe('assistant');
    expect(world.offeredIds()).toEqual([second]);

    world.assistantAnswers(() => undefined);
    expect(await world.round()).toBe('well');
    expect(world.offeredIds()).toEqual([second, first]);
  });

  it('the assistant is left alone after three failures, or one that an operator must mend', async () => {
    for (const [failure, tries] of [
      [unavailable, 3],
      [denied, 1],
    ] as const) {
      const world = createWorld();
      for (let count = 0; count < 10; count += 1) world.ask();
      world.pass(MINUTE);
      let tried = 0;
      world.assistantAnswers(() => {
        tried += 1;
        return failure;
      });
      expect(await world.round()).toBe('assistant');
      expect(tried).toBe(tries);
    }
  });

  it('a question is given up after an hour, with one word to the operator', async () => {
    const world = createWorld();
    world.ask();
    world.ask();
    world.assistantAnswers(() => unavailable);
    world.pass(MINUTE);
    await world.round();
    world.pass(60 * MINUTE);
    await world.round();
    world.assistantAnswers(() => undefined);
    await world.round();
    expect([world.offered, world.alerts]).toEqual([[], [{ kind: 'questions_given_up', reason: 'too_old', count: 2 }]]);
  });

  it('a question that is refused three times is given up, with one word to the operator', async () => {
    const world = createWorld();
    world.ask();
    world.assistantAnswers(() => refused);
    world.pass(MINUTE);
    for (let round = 0; round < 5; round += 1) await world.round();
    expect(world.alerts).toEqual([{ kind: 'questions_given_up', reason: 'refused', count: 1 }]);
    const id = world.ask();
    world.assistantAnswers(() => undefined);
    world.pass(MINUTE);
    await world.round();
    expect(world.offeredIds()).toEqual([id]);
  });
});

describe('when a database is down', () => {
  it('nothing is offered that may be answered already', async () => {
    const world = createWorld();
    const id = world.ask();
    await world.answerInChat(id);
    world.pass(MINUTE);
    world.storeIsDown(true);
    expect(await world.round()).toBe('store');
    world.storeIsDown(false);
    world.chatIsDown(true);
    expect(await world.round()).toBe('mongodb');
    world.chatIsDown(false);
    expect(await world.round()).toBe('well');
    expect(world.offered).toEqual([]);
  });

  it('the watermark stays where it is', async () => {
    const world = createWorld();
    await world.round();
    const before = await world.watermark();
    const id = world.ask();
    world.pass(10 * MINUTE);
    world.chatIsDown(true);
    await world.round();
    world.chatIsDown(false);
    expect(await world.watermark()).toBe(before);
    world.restart();
    await world.round();
    expect(world.offeredIds()).toEqual([id]);
  });
});
