import type { HydrationGate, Mark } from '../ports/hydration-gate.ts';
import { err, ok } from '../result/result.ts';

/** A gate that keeps what it was told. While `down`, it takes nothing. */
export interface InMemoryGate extends HydrationGate {
  readonly marks: readonly Mark[];
  down: boolean;
}

export function inMemoryGate(): InMemoryGate {
  const marks: Mark[] = [];
  const gate: InMemoryGate = {
    marks,
    down: false,
    mark: told => {
      if (gate.down) return Promise.resolve(err({ kind: 'unavailable', detail: 'down' }));
      marks.push(...told);
      return Promise.resolve(ok(undefined));
    },
  };
  return gate;
}
