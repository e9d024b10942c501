import type { Lane } from '../ports/hydration-gate.ts';

/**
 * When the next call to a vendor may begin. Counts the calls of the vendor's windows, and believes the vendor where it
 * says that less is left: other integrations of the company draw on the same quota. Every call is noted in the journal
 * before it is made, so that a crash does not forget an hour's calls. I/O: the journal.
 */
export interface RateGate {
  /** Milliseconds until a call may begin; 0 for now. Each lane leaves a share of every window to those before it. */
  delayMs(nowMs: number, lane: CallLane): number;
  began(nowMs: number): void;
  /** What the vendor's last answer said. */
  observed(limits: ObservedLimits, nowMs: number): void;
  /** Calls that may still begin in each window, both lanes together. */
  standing(nowMs: number): readonly WindowStanding[];
}

/** Who calls: a gap check, the reading of what people wait for, or what has time. */
export type CallLane = 'gap-check' | Lane;

export interface RateWindow {
  readonly name: WindowName;
  readonly lengthMs: number;
  readonly callsMax: number;
}

export type WindowName = 'second' | 'minute' | 'hour';

/** Calls left by window, and how long the vendor asked to wait. */
export type ObservedLimits = { readonly [Name in WindowName]?: number } & { readonly retryAfterMs?: number };

export interface WindowStanding {
  readonly name: WindowName;
  readonly left: number;
  readonly max: number;
  /** What the vendor said last, if it still counts. */
  readonly observed?: number;
}

/** Where calls are counted so that they outlive the process. Synchronous, as SQLite in a Durable Object is. */
export interface RateJournal {
  /** Calls per span since `sinceMs`, oldest first, and until when the vendor asked to wait. */
  load(sinceMs: number): { readonly spans: readonly CallSpan[]; readonly closedUntilMs: number };
  /** One call more in the span that began at `spanMs`; spans before `forgetBeforeMs` may go. */
  count(spanMs: number, forgetBeforeMs: number): void;
  close(untilMs: number): void;
}

export interface CallSpan {
  readonly spanMs: number;
  readonly calls: number;
}

export interface RateGateOptions {
  readonly windows: readonly RateWindow[];
  readonly journal: RateJournal;
  /** When the gate is made: what the journal knows counts from here. */
  readonly nowMs: number;
}

/** Coarse enough to be a few hundred rows an hour; after a crash each call counts as made at the end of its span. */
const SPAN_MS = 10_000;
/**
 * Share of every window that a lane leaves to the lanes before it. What finds a loss comes first: it is a few dozen calls
 * an hour, and must not wait until a busy hour's reading lets it through.
 */
const shareLeft: Record<CallLane, number> = { 'gap-check': 0, live: 0.02, backfill: 0.25 };
/** The vendor does not say when an empty window refills: live asks again after this, however long the window. */
const LIVE_TRUST_MS = 10_000;
/** Backfill asks rarely, so that its asking alone cannot use up what it leaves to live. */
const BACKFILL_TRUST_MS = 5 * 60_000;

export function createRateGate({ windows, journal, nowMs: madeAtMs }: RateGateOptions): RateGate {
  const longestMs = Math.max(...windows.map(window => window.lengthMs));
  const known = journal.load(madeAtMs - longestMs - SPAN_MS);
  let closedUntilMs = known.closedUntilMs;
  /** Begin of every call within the longest window, oldest first. */
  let begun = known.spans.flatMap(({ spanMs, calls }) =>
    Array.from({ length: calls }, () => Math.min(spanMs + SPAN_MS - 1, madeAtMs)),
  );
  const words = new Map<WindowName, { readonly left: number; readonly atMs: number }>();

  const sinceFirstOf = (count: number): number | undefined => begun[begun.length - count];
  const begunSince = (atMs: number): number => {
    const later = begun.findLastIndex(at => at <= atMs);
    return begun.length - 1 - later;
  };

  /** The call that must leave the window before another may begin tells how long to wait. */
  const countedDelay = ({ lengthMs, callsMax }: RateWindow, reserved: number, nowMs: number): number => {
    const mustLeave = sinceFirstOf(Math.max(1, callsMax - reserved));
    return mustLeave === undefined ? 0 : mustLeave + lengthMs - nowMs;
  };

  const observedDelay = ({ name, lengthMs }: RateWindow, reserved: number, trustMs: number, nowMs: number): number => {
    const word = words.get(name);
    if (word === undefined || word.left - begunSince(word.atMs) > reserved) return 0;
    return word.atMs + Math.min(lengthMs, trustMs) - nowMs;
  };

  return {
    delayMs: (nowMs, lane) => {
      const expired = begun.findIndex(at => at > nowMs - longestMs);
      if (expired !== 0) begun = expired < 0 ? [] : begun.slice(expired);
      const trustMs = lane === 'backfill' ? BACKFILL_TRUST_MS : LIVE_TRUST_MS;
      const waits = windows.flatMap(window => {
        const reserved = Math.round(window.callsMax * shareLeft[lane]);
        return [countedDelay(window, reserved, nowMs), observedDelay(window, reserved, trustMs, nowMs)];
      });
      return Math.max(0, closedUntilMs - nowMs, ...waits);
    },
    began: nowMs => {
      begun.push(nowMs);
      journal.count(nowMs - (nowMs % SPAN_MS), nowMs - longestMs - SPAN_MS);
    },
    observed: (limits, nowMs) => {
      for (const { name } of windows) {
        const left = limits[name];
        if (left !== undefined) words.set(name, { left, atMs: nowMs });
      }
      if (limits.retryAfterMs === undefined || nowMs + limits.retryAfterMs <= closedUntilMs) return;
      closedUntilMs = nowMs + limits.retryAfterMs;
      journal.close(closedUntilMs);
    },
    standing: nowMs =>
      windows.map(({ name, lengthMs, callsMax }) => {
        const word = words.get(name);
        const counted = callsMax - begunSince(nowMs - lengthMs);
        if (word === undefined || word.atMs + lengthMs <= nowMs) return { name, left: counted, max: callsMax };
        return { name, left: Math.min(counted, word.left), max: callsMax, observed: word.left };
      }),
  };
}
