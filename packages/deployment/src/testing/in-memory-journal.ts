import { err, ok } from '@innkeeper/shared/result/result';
import type { Deployment } from '../deploy/deployment.ts';
import type { Journal } from '../journal/journal.ts';

/** A journal that several deployments of one process share. */
export function inMemoryJournal(): Journal {
  let kept: string | undefined;
  let generation = 0;
  return {
    read: async () =>
      ok({
        deployment: kept === undefined ? undefined : (JSON.parse(kept) as Deployment),
        generation: String(generation),
      }),
    write: async (deployment, ifGeneration) => {
      if (ifGeneration !== String(generation)) return err({ kind: 'conflict' });
      kept = JSON.stringify(deployment);
      generation += 1;
      return ok(String(generation));
    },
  };
}
