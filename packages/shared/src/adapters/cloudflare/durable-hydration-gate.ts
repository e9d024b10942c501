import type { HydrationGate } from '../../ports/hydration-gate.ts';
import { err } from '../../result/result.ts';

/** All isolates of a Worker share this one object. */
const OBJECT_NAME = 'fleet';

/** The gate by way of the fleet's one Durable Object. I/O: the object. */
export function hydrationGate(namespace: { getByName(name: string): HydrationGate }): HydrationGate {
  return {
    mark: async marks => {
      try {
        return await namespace.getByName(OBJECT_NAME).mark(marks);
      } catch {
        // The object is moved, restarted or overloaded: all of that passes.
        return err({ kind: 'unavailable', detail: 'the hydration object did not answer' });
      }
    },
  };
}
