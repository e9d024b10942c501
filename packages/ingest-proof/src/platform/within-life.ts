import type { Life } from '../time/life.ts';

/**
 * Storage as the process in front of it reaches it, in the same turn and without fail. A timer may still go off for a
 * process that is dead: whatever that would do to what lasts ends here.
 */
export function withinLife<T extends object>(life: Pick<Life, 'isOver'>, storage: T): T {
  return new Proxy(storage, {
    get: (target, name): unknown => {
      if (life.isOver) throw new Error('the dead store nothing');
      return Reflect.get(target, name);
    },
  });
}
