import { Parked } from '@innkeeper/shared/contracts/parked';
import type { DocumentPath, DocumentStore, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { chunks } from './chunks.ts';
import { EventHead } from './classify-parked.ts';
import { parkedPathOf, type SendOutcome } from './send-targets.ts';
import type { Target } from './target.ts';

/** What became of each thing that was sent, as Firestore tells. I/O: the document store. */
export type Fate =
  /** `outcome`: of an event; `indexed`, `read` or `applied` of the others. */
  | { readonly kind: 'settled'; readonly outcome: string }
  | { readonly kind: 'parked_again'; readonly reason: string }
  | { readonly kind: 'under_way' };

export interface Awaiting {
  readonly store: DocumentStore;
  /** How long to go on while nothing more is settled. */
  readonly waitMs: number;
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly interrupted: AbortSignal;
  readonly settled: (count: number) => void;
}

const LOOK_EVERY_MS = 500;
/** Looked at in one turn, so that a long replay does not read everything again twice a second. */
const LOOKED_AT_ONCE = 400;
const READ_AT_ONCE = 100;

export async function awaitSettled(
  awaiting: Awaiting,
  sent: ReadonlyMap<Target, SendOutcome>,
): Promise<ReadonlyMap<Target, Fate>> {
  const fates = new Map<Target, Fate>();
  let open = [...sent].flatMap(([target, outcome]) => (outcome.kind === 'sent' ? [{ target, outcome }] : []));
  let movedAt = awaiting.clock();
  while (open.length > 0) {
    const [looked, rest] = [open.slice(0, LOOKED_AT_ONCE), open.slice(LOOKED_AT_ONCE)];
    const found = await look(awaiting, looked);
    for (const [target, fate] of found) fates.set(target, fate);
    if (found.size > 0) movedAt = awaiting.clock();
    awaiting.settled(fates.size);
    // What is not settled goes to the end, so that it keeps nobody from being looked at.
    open = [...rest, ...looked.filter(({ target }) => !found.has(target))];
    if (open.length === 0 || awaiting.interrupted.aborted || awaiting.clock() - movedAt >= awaiting.waitMs) break;
    await awaiting.pause(LOOK_EVERY_MS);
  }
  for (const { target } of open) fates.set(target, { kind: 'under_way' });
  return fates;
}

interface Open {
  readonly target: Target;
  readonly outcome: Extract<SendOutcome, { kind: 'sent' }>;
}

/** The fates known by now. A store that does not answer knows none. */
async function look(awaiting: Awaiting, open: readonly Open[]): Promise<ReadonlyMap<Target, Fate>> {
  const fates = new Map<Target, Fate>();
  for (const part of chunks(open, READ_AT_ONCE)) {
    const paths = [...new Set(part.flatMap(({ target }) => pathsOf(target)))];
    const read = await awaiting.store.getAll(paths);
    if (!read.ok) return fates;
    const documents = new Map(paths.map((path, index) => [path, read.value[index]]));
    for (const { target, outcome } of part) {
      const fate = fateOf(target, outcome, documents);
      if (fate !== undefined) fates.set(target, fate);
    }
  }
  return fates;
}

const pathsOf = (target: Target): DocumentPath[] => {
  const parked = parkedPathOf(target);
  return [
    ...(parked === undefined ? [] : [parked]),
    ...(target.way.by === 'queue' ? [`events/${target.way.eventId}` as const] : []),
  ];
};

function fateOf(
  target: Target,
  { parkedBefore }: Open['outcome'],
  documents: ReadonlyMap<DocumentPath, StoredDocument | undefined>,
): Fate | undefined {
  const path = parkedPathOf(target);
  const parked = path === undefined ? undefined : documents.get(path);
  if (parked !== undefined && parked.updateTime.epochMicros !== parkedBefore?.epochMicros)
    return { kind: 'parked_again', reason: Parked.safeParse(parked.fields).data?.reason ?? 'unknown' };
  const { way } = target;
  if (way.by === 'queue') {
    const document = documents.get(`events/${way.eventId}`);
    const event = EventHead.safeParse(document?.fields);
    // Its last writer may be another replay at the same time; either way it was read since, by the mapping of now.
    const isNoted = document !== undefined && document.updateTime.epochMicros !== way.noted.epochMicros;
    return isNoted && event.success ? { kind: 'settled', outcome: event.data.outcome } : undefined;
  }
  return parked === undefined && way.by !== 'none' ? { kind: 'settled', outcome: SETTLED_BY[way.by] } : undefined;
}

const SETTLED_BY = { mark: 'read', 'chat-change': 'applied', 'chat-message': 'indexed', touch: 'indexed' } as const;
