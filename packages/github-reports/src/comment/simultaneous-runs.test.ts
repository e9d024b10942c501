import { ok } from '@innkeeper/shared/result/result';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CommentStore, StoredComment } from './comment-store.ts';
import { writeStickyComment } from './sticky-comment.ts';

/** Comments in memory, whose answers come in an order that fast-check decides. */
function createStore(comments: Map<number, StoredComment>, scheduler: fc.Scheduler): CommentStore {
  let lastId = 0;
  const soon = () => scheduler.schedule(Promise.resolve());
  return {
    async listOwn() {
      await soon();
      return ok([...comments.values()].toSorted((one, other) => one.id - other.id));
    },
    async write(body) {
      await soon();
      const comment = { id: (lastId += 1), body };
      comments.set(comment.id, comment);
      return ok(comment);
    },
    async replace(id, body) {
      await soon();
      if (comments.has(id)) comments.set(id, { id, body });
      return ok(undefined);
    },
    async remove(id) {
      await soon();
      comments.delete(id);
      return ok(undefined);
    },
  };
}

it('runs that comment at the same moment leave one comment, and the next one is what it says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 4 }), async (scheduler, runs) => {
      const comments = new Map<number, StoredComment>();
      const store = createStore(comments, scheduler);
      const write = (text: string) => writeStickyComment(store, { marker: 'plan', text, runUrl: 'https://r' });
      await scheduler.waitFor(Promise.all(Array.from({ length: runs }, (_, run) => write(`of run ${run}`))));
      expect(comments.size).toBe(1);
      await scheduler.waitFor(write('of the last run'));
      expect([...comments.values()].map(({ body }) => body.split('\n')[1])).toEqual(['of the last run']);
    }),
    { numRuns: 300 },
  );
});
