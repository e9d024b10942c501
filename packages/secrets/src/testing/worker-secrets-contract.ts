/** What `WorkerSecrets` owe their callers; run in memory and against the stand-in of Cloudflare. */
import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, test } from 'vitest';
import type { WorkerSecrets } from '../ports/worker-secrets.ts';

/** `llm-query` is deployed and has no secret. */
export function describeWorkerSecretsContract(name: string, workers: () => WorkerSecrets): void {
  describe(`${name} keeps the contract of Worker secrets`, () => {
    test('one call sets, replaces and takes away; what it does not name stays', async () => {
      const first = { A: new Secret('1'), B: new Secret('2'), C: new Secret('3') };
      expect(await workers().change('llm-query', first)).toEqual({ ok: true, value: undefined });
      await workers().change('llm-query', { A: new Secret('4'), B: undefined, D: new Secret('5') });
      const names = await workers().names('llm-query');
      expect(names.ok && names.value.toSorted()).toEqual(['A', 'C', 'D']);
    });

    test('a Worker that is not deployed is missing', async () => {
      expect(await workers().names('nobody')).toMatchObject({ ok: false, error: { kind: 'missing' } });
      expect(await workers().change('nobody', { A: new Secret('1') })).toMatchObject({ error: { kind: 'missing' } });
    });
  });
}
