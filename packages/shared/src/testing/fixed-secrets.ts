import { Secret } from '../config/secret.ts';
import type { LiveSecrets } from '../ports/live-secrets.ts';

/** Secrets of which some are only known once they are asked for anew. `asked` counts how often they were. */
export interface FixedSecrets extends LiveSecrets {
  readonly asked: number;
}

export function fixedSecrets(known: readonly string[], later: readonly string[] = []): FixedSecrets {
  let list = known.map(text => new Secret(text));
  let asked = 0;
  return {
    get asked() {
      return asked;
    },
    known: () => list,
    renewed: () => {
      asked += 1;
      list = [...known, ...later].map(text => new Secret(text));
      return Promise.resolve(list);
    },
  };
}
