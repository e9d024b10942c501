import { expect, it } from 'vitest';
import { proveSnapshot } from '../proof/snapshot-million.ts';

it('copies twenty thousand messages, each once, in the memory it has when deployed', async () => {
  const proof = await proveSnapshot(20_000);

  expect(proof).toMatchObject({ arrived: 20_000, missing: 0, twice: 0 });
  expect(proof.peakRssBytes).toBeLessThan(256_000_000);
});
