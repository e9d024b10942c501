import type { OverflowStore } from '../ports/delivery-queue.ts';
import { err, ok } from '../result/result.ts';

/** An overflow store in memory. While `down`, every operation fails and nothing changes. */
export interface InMemoryOverflow extends OverflowStore {
  readonly objects: ReadonlyMap<string, string>;
  down: boolean;
}

export function inMemoryOverflow(): InMemoryOverflow {
  const objects = new Map<string, string>();
  const whenUp = <T>(run: () => T) =>
    Promise.resolve(overflow.down ? err({ kind: 'unavailable', detail: 'down' }) : ok(run()));
  const overflow: InMemoryOverflow = {
    objects,
    down: false,
    put: (key, text) => whenUp(() => void objects.set(key, text)),
    get: key => whenUp(() => objects.get(key)),
    delete: key => whenUp(() => void objects.delete(key)),
    list: (prefix, { max, cursor }) =>
      whenUp(() => {
        const after = [...objects.keys()].filter(key => key.startsWith(prefix) && key > (cursor ?? '')).sort();
        const keys = after.slice(0, max);
        const last = keys.at(-1);
        return after.length > max && last !== undefined ? { keys, cursor: last } : { keys };
      }),
  };
  return overflow;
}
