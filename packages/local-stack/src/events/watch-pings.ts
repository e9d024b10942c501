/**
 * The outside watch of a dead man's switch, as services of that kind work: pings at an address, with `/start` and
 * `/fail` below it. It only remembers here; the alarm of the real one is a mail to a person when the pings stop.
 */
export interface PingWatch {
  /** The newest last, a bounded number of them. */
  readonly pings: readonly Ping[];
  /** False for a path that is none of its own. */
  take(path: string): boolean;
}

interface Ping {
  readonly check: string;
  readonly signal: 'success' | 'start' | 'fail';
  readonly at: string;
}

const PING_PATH = /^\/ping\/([a-z0-9-]+)(?:\/(start|fail))?$/u;
const PINGS_MAX = 100;

export function watchPings(now: () => number): PingWatch {
  const pings: Ping[] = [];
  return {
    pings,
    take(path) {
      const [, check, signal] = PING_PATH.exec(path) ?? [];
      if (check === undefined) return false;
      pings.push({
        check,
        signal: signal === 'start' || signal === 'fail' ? signal : 'success',
        at: new Date(now()).toISOString(),
      });
      if (pings.length > PINGS_MAX) pings.shift();
      return true;
    },
  };
}
