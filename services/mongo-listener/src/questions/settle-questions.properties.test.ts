import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { questionWorld } from '../testing/question-world.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const createWorld = () => questionWorld(fault => inMemoryDocumentStore({ fault }));

const unavailable = { kind: 'unavailable', detail: 'status 503' } as const;

describe('whatever fails and whenever the process is killed', () => {
  type Step = 'ask' | 'answer' | 'pass' | 'round' | 'restart' | 'chat' | 'store' | 'well' | 'unavailable';
  const step = fc.constantFrom<Step>(
    'ask',
    'ask',
    'answer',
    'pass',
    'pass',
    'round',
    'round',
    'round',
    'restart',
    'chat',
    'store',
    'well',
    'well',
    'unavailable',
  );

  it('every question of the last hour is offered or was answered, once in the life of a process', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async steps => {
        const world = createWorld();
        const asked: string[] = [];
        const answered = new Set<string>();
        let restarts = 0;
        for (const [index, taken] of steps.entries()) {
          if (taken === 'ask') asked.push(world.ask());
          const last = asked.at(-1);
          if (taken === 'answer' && last !== undefined && !world.offeredIds().includes(last)) {
            world.storeIsDown(false);
            await world.answerInChat(last);
            answered.add(last);
          }
          // Together less than the hour after which questions are given up.
          if (taken === 'pass') world.pass((index % 2 === 0 ? 7 : 40) * SECOND);
          if (taken === 'round') await world.round();
          if (taken === 'restart') {
            world.restart();
            restarts += 1;
          }
          if (taken === 'chat') world.chatIsDown(true);
          if (taken === 'store') world.storeIsDown(true);
          if (taken === 'unavailable') world.assistantAnswers(id => (id.endsWith('1') ? unavailable : undefined));
          if (taken === 'well') {
            world.chatIsDown(false);
            world.storeIsDown(false);
            world.assistantAnswers(() => undefined);
          }
        }
        world.chatIsDown(false);
        world.storeIsDown(false);
        world.assistantAnswers(() => undefined);
        world.pass(MINUTE);
        await world.round();

        const offered = world.offeredIds();
        expect(new Set([...offered, ...answered])).toEqual(new Set(asked));
        expect(offered.filter(id => answered.has(id))).toEqual([]);
        // A kill between offering and storing makes the next process offer again: the assistant takes it once.
        for (const id of asked) expect(offered.filter(other => other === id).length).toBeLessThanOrEqual(1 + restarts);
        expect(world.alerts).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
