import type { DescribedAlert } from '../alerts/describe-alert.ts';
import type { Clock } from '../clock.ts';
import type { HeldPosition } from '../position/position-store.ts';
import type { ChangeCounts } from '../publish/deliver-batch.ts';
import type { RunWindow } from '../publish/publish-window.ts';
import type { ReadBatch } from '../run/follow-stream.ts';
import type { ScanProgress } from '../run/scan-ports.ts';
import { paceOfScan, renderPace, type ScanPace } from '../snapshot/scan-pace.ts';
import type { State } from './states.ts';

/** What the listener is doing, gathered in memory as it goes: for `/status`, the heartbeat and the alerts. */
export interface ListenerStatus {
  readonly state: State;
  readonly counts: ChangeCounts;
  enter(state: State): void;
  /** Under which lease, and through which window, from now on. */
  tenure(held: HeldPosition, window: RunWindow): void;
  read(batch: ReadBatch): void;
  reached(batch: ReadBatch): void;
  scanned(progress: ScanProgress): void;
  alerted(alert: DescribedAlert): void;
  /** How long ago everything there was had been handed on; absent before the stream first caught up with anything. */
  lagMs(): number | undefined;
  report(): StatusReport;
}

/** `GET /status`. Times are ISO 8601, durations whole milliseconds, sizes bytes. */
export interface StatusReport {
  readonly state: State;
  readonly since: string;
  readonly startedAt: string;
  /** How often each state was entered. */
  readonly visited: { readonly [S in State]?: number };
  /** Nothing read waits for its acknowledgement, and no scan or reconnection is under way. */
  readonly quiet: boolean;
  readonly lag: { readonly wallMs?: number; readonly clusterMs?: number };
  /** Since the newest acknowledged resume token was received. */
  readonly tokenAgeMs?: number;
  readonly published: number;
  readonly parked: number;
  readonly ignored: { readonly [reason: string]: number };
  readonly inFlight: { readonly count: number; readonly bytes: number };
  readonly lease?: { readonly epoch: number; readonly holder: string; readonly valid: boolean };
  /** The snapshot or healing under way: by collection, in all, and as a bar. */
  readonly scan?: ScanPace & { readonly collections: ScanProgress; readonly bar: string };
  readonly lastAlert?: DescribedAlert & { readonly at: string };
  readonly memory: { readonly residentBytes: number; readonly heapBytes: number };
}

/** `showScan` gets the bar of a scan each time that it gets further, and nothing once it is over. */
export function listenerStatus(
  clock: Clock,
  memoryUsage: () => NodeJS.MemoryUsage,
  showScan: (bar: string | undefined) => void = () => undefined,
): ListenerStatus {
  const startedAt = clock.now().toISOString();
  const visited = new Map<State, number>([['starting', 1]]);
  const ignored = new Map<string, number>();
  let state: State = 'starting';
  let since = startedAt;
  let published = 0;
  let parked = 0;
  let held: HeldPosition | undefined;
  let window: RunWindow | undefined;
  let reached: ReadBatch | undefined;
  let reachedToken: ReadBatch | undefined;
  let newest: ReadBatch | undefined;
  let scan: { readonly progress: ScanProgress; readonly firstSeen: ScanProgress; readonly firstMs: number } | undefined;
  let lastAlert: StatusReport['lastAlert'];

  const lagMs = () => (reached === undefined ? undefined : clock.elapsedMs() - reached.atMs + reached.behindMs);

  return {
    get state() {
      return state;
    },
    counts: {
      published: changes => {
        published += changes;
      },
      parked: things => {
        parked += things;
      },
      ignored: reason => {
        ignored.set(reason, (ignored.get(reason) ?? 0) + 1);
      },
    },
    enter: next => {
      visited.set(next, (visited.get(next) ?? 0) + 1);
      state = next;
      since = clock.now().toISOString();
      if (next !== 'streaming') return;
      scan = undefined;
      showScan(undefined);
    },
    tenure: (nextHeld, nextWindow) => {
      held = nextHeld;
      window = nextWindow;
    },
    read: batch => {
      newest = batch;
    },
    reached: batch => {
      reached = batch;
      if (batch.position !== undefined) reachedToken = batch;
    },
    scanned: progress => {
      scan = { firstSeen: progress, firstMs: clock.elapsedMs(), ...scan, progress };
      showScan(describeScan(progress, scan.firstSeen, clock.elapsedMs() - scan.firstMs).bar);
    },
    alerted: alert => {
      lastAlert = { ...alert, at: clock.now().toISOString() };
    },
    lagMs,
    report: () => {
      const wallMs = lagMs();
      const inFlight = window?.inFlight ?? { count: 0, bytes: 0 };
      const { rss, heapUsed } = memoryUsage();
      return {
        state,
        since,
        startedAt,
        visited: Object.fromEntries(visited),
        quiet: inFlight.count === 0 && SETTLED_STATES.has(state),
        lag: {
          ...(wallMs === undefined ? {} : { wallMs: Math.round(wallMs) }),
          ...(newest === undefined ? {} : { clusterMs: newest.behindMs }),
        },
        ...(reachedToken === undefined ? {} : { tokenAgeMs: Math.round(clock.elapsedMs() - reachedToken.atMs) }),
        published,
        parked,
        ignored: Object.fromEntries(ignored),
        inFlight: { count: inFlight.count, bytes: inFlight.bytes },
        ...(held === undefined
          ? {}
          : { lease: { epoch: held.epoch, holder: held.position.holder, valid: held.valid() } }),
        ...(scan === undefined
          ? {}
          : { scan: describeScan(scan.progress, scan.firstSeen, clock.elapsedMs() - scan.firstMs) }),
        ...(lastAlert === undefined ? {} : { lastAlert }),
        memory: { residentBytes: rss, heapBytes: heapUsed },
      };
    },
  };
}

function describeScan(
  collections: ScanProgress,
  firstSeen: ScanProgress,
  elapsedMs: number,
): NonNullable<StatusReport['scan']> {
  const pace = paceOfScan(collections, firstSeen, elapsedMs);
  return { ...pace, collections, bar: renderPace(pace) };
}

const SETTLED_STATES: ReadonlySet<State> = new Set(['streaming', 'waiting', 'stopped']);
