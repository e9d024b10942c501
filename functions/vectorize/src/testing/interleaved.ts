import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { VectorWriter } from '@innkeeper/shared/ports/vector-store';
import type { Scheduler } from 'fast-check';

/** Thrown where the process would be gone. */
export class Killed extends Error {}

/** Every call of a port becomes a step that may happen in any order, and before or after which the caller may be gone. */
export function interleaved<P extends DocumentStore | VectorWriter>(
  port: P,
  scheduler: Scheduler,
  killedHere: () => boolean,
): P {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== 'function') return member;
      return async (...call: unknown[]): Promise<unknown> => {
        await scheduler.schedule(Promise.resolve(), String(name));
        if (killedHere()) throw new Killed();
        const answer: unknown = await Reflect.apply(member, target, call);
        if (killedHere()) throw new Killed();
        return answer;
      };
    },
  });
}

/** Says yes at most `killsMax` times: a world of nothing but kills never ends. */
export function killer(chances: { next(): { value: number } }, killsMax: number): () => boolean {
  let killsLeft = killsMax;
  return () => {
    const killed = killsLeft > 0 && chances.next().value === 0;
    if (killed) killsLeft -= 1;
    return killed;
  };
}
