import { expect, it } from 'vitest';
import { describeEmbedderContract } from './embedder-contract.ts';
import { hashEmbedder } from './hash-embedder.ts';

describeEmbedderContract('the hash embedder', () => hashEmbedder());

it('fails as told and recovers', async () => {
  const embedder = hashEmbedder();
  embedder.failWith({ kind: 'unavailable', detail: 'down' });
  expect(await embedder.embed(['a'], 'document')).toEqual({
    ok: false,
    error: { kind: 'unavailable', detail: 'down' },
  });
  embedder.failWith(undefined);
  expect((await embedder.embed(['a'], 'document')).ok).toBe(true);
  expect(embedder.calls).toEqual([['a'], ['a']]);
});
