import { Parked } from '@innkeeper/shared/contracts/parked';
import type {
  DocumentPath,
  DocumentQuery,
  DocumentStore,
  FieldFilter,
  StoredDocument,
  StoreError,
} from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { chunks } from './chunks.ts';
import { classifyEvent, classifyParked, EventHead } from './classify-parked.ts';
import { matchesPattern } from './event-pattern.ts';
import type { Choice } from './read-replay-order.ts';
import type { Target } from './target.ts';

/**
 * Everything an operator's choice is about, the oldest first. Each query filters and orders by one field, which Firestore
 * indexes by itself; the rest of the choice is made here, page by page. I/O: the document store.
 */
export interface Found {
  readonly targets: readonly Target[];
  /** Whether there may be more: the limit, or the bound of what one run looks at, was reached. */
  readonly isCut: boolean;
}

const PAGE = 300;
/** Some minutes and some cents; a narrower `--from` and `--to` reach the rest. */
const LOOKED_AT_MAX = 200_000;

type FindResult = Promise<Result<Found, string>>;

export function findTargets(store: DocumentStore, choice: Choice, interrupted: AbortSignal): FindResult {
  if (choice.ids !== undefined) return findByIds(store, choice, choice.ids);
  return choice.parked === undefined
    ? findEvents(store, choice, interrupted)
    : findParked(store, choice, choice.parked.reason, interrupted);
}

function findEvents(store: DocumentStore, choice: Choice, interrupted: AbortSignal): FindResult {
  const query: DocumentQuery = {
    collection: 'events',
    where: bounds('receivedAt', choice),
    orderBy: [
      { field: 'receivedAt', direction: 'asc' },
      { field: '__name__', direction: 'asc' },
    ],
    // Never the payload: it is people's, and the largest part.
    select: Object.keys(EventHead.shape),
  };
  const positionOf = ({ path, fields }: StoredDocument) => [fields['receivedAt'] ?? null, idOf(path)];
  return walk(store, query, positionOf, { limit: choice.limit, interrupted }, page =>
    Promise.resolve(ok(page.map(classifyEvent).filter(target => isChosen(target, choice)))),
  );
}

function findParked(
  store: DocumentStore,
  choice: Choice,
  reason: string | undefined,
  interrupted: AbortSignal,
): FindResult {
  const query: DocumentQuery = {
    collection: 'parked',
    where: reason === undefined ? [] : [{ field: 'reason', op: '==', value: reason }],
    orderBy: [{ field: '__name__', direction: 'asc' }],
  };
  const positionOf = ({ path }: StoredDocument) => [idOf(path)];
  return walk(store, query, positionOf, { limit: choice.limit, interrupted }, async page => {
    const inTime = page.filter(document => isWithin(document, choice));
    const targets = await classifyAll(store, inTime);
    return targets.ok ? ok(targets.value.filter(target => isChosen(target, choice))) : targets;
  });
}

async function findByIds(store: DocumentStore, choice: Choice, ids: readonly string[]): FindResult {
  const unique = [...new Set(ids)];
  const possible = unique.filter(id => DOCUMENT_ID.test(id));
  const targets: Target[] = [];
  for (const part of chunks(possible, READ_AT_ONCE)) {
    const parked = await store.getAll(part.map((id): DocumentPath => `parked/${id}`));
    if (!parked.ok) return err(trouble(parked.error));
    const events = await store.getAll(part.map((id): DocumentPath => `events/${id}`));
    if (!events.ok) return err(trouble(events.error));
    const classified = await classifyAll(
      store,
      parked.value.flatMap(document => document ?? []),
    );
    if (!classified.ok) return classified;
    targets.push(...classified.value);
    const known = parked.value.map(document => document !== undefined);
    for (const [index, id] of part.entries()) {
      const event = events.value[index];
      if (known[index] === true) continue;
      targets.push(event === undefined ? notFound(id) : classifyEvent(event));
    }
  }
  targets.push(...unique.filter(id => !DOCUMENT_ID.test(id)).map(notFound));
  const chosen = targets.filter(target => isChosen(target, choice));
  return ok({ targets: chosen.slice(0, choice.limit), isCut: chosen.length > choice.limit });
}

/** What Firestore takes for one. */
const DOCUMENT_ID = /^(?!\.{1,2}$)(?!__.*__$)[^/]{1,700}$/u;

const notFound = (id: string): Target => ({
  id,
  source: 'innkeeper',
  what: 'unknown',
  standing: 'unknown',
  way: { by: 'none', why: 'there is neither an event nor anything parked by this name' },
});

/** Payloads come with the events that parked things name; this many are bounded in memory. */
const READ_AT_ONCE = 50;

async function classifyAll(
  store: DocumentStore,
  parked: readonly StoredDocument[],
): Promise<Result<readonly Target[], string>> {
  const targets: Target[] = [];
  for (const part of chunks(parked, READ_AT_ONCE)) {
    const subjects = part.map(document => eventPathIn(document));
    const paths = [...new Set(subjects.filter(path => path !== undefined))];
    const read = await store.getAll(paths);
    if (!read.ok) return err(trouble(read.error));
    const events = new Map(paths.map((path, index) => [path, read.value[index]]));
    targets.push(
      ...part.map((document, index) => {
        const path = subjects[index];
        return classifyParked(document, path === undefined ? undefined : events.get(path));
      }),
    );
  }
  return ok(targets);
}

function eventPathIn(document: StoredDocument): DocumentPath | undefined {
  const subject = Parked.safeParse(document.fields).data?.subject ?? '';
  return /^events\/[^/]+$/u.test(subject) ? (subject as DocumentPath) : undefined;
}

/** Goes through a query to its end, the limit or the bound. */
async function walk(
  store: DocumentStore,
  query: DocumentQuery,
  positionOf: (document: StoredDocument) => NonNullable<DocumentQuery['startAfter']>,
  { limit, interrupted }: { readonly limit: number; readonly interrupted: AbortSignal },
  choose: (page: readonly StoredDocument[]) => Promise<Result<readonly Target[], string>>,
): FindResult {
  const targets: Target[] = [];
  let last: StoredDocument | undefined;
  for (let lookedAt = 0; lookedAt < LOOKED_AT_MAX; lookedAt += PAGE) {
    if (interrupted.aborted) return err('Interrupted while looking; nothing was sent.');
    const page = await store.query({
      ...query,
      limit: PAGE,
      ...(last === undefined ? {} : { startAfter: positionOf(last) }),
    });
    if (!page.ok) return err(trouble(page.error));
    const chosen = await choose(page.value);
    if (!chosen.ok) return chosen;
    targets.push(...chosen.value);
    if (targets.length > limit) return ok({ targets: targets.slice(0, limit), isCut: true });
    last = page.value.at(-1);
    if (page.value.length < PAGE) return ok({ targets, isCut: false });
  }
  return ok({ targets, isCut: true });
}

const bounds = (field: string, { from, to }: Choice): FieldFilter[] => [
  ...(from === undefined ? [] : [{ field, op: '>=', value: from } as const]),
  ...(to === undefined ? [] : [{ field, op: '<', value: to } as const]),
];

function isWithin(document: StoredDocument, { from, to }: Choice): boolean {
  const parkedAt = Parked.safeParse(document.fields).data?.parkedAt;
  return parkedAt === undefined || ((from === undefined || parkedAt >= from) && (to === undefined || parkedAt < to));
}

const isChosen = ({ source, what }: Target, choice: Choice): boolean =>
  (choice.source === undefined || source === choice.source) &&
  (choice.event === undefined || matchesPattern(choice.event, what));

const idOf = (path: DocumentPath): string => path.slice(path.indexOf('/') + 1);

const trouble = ({ kind, detail }: StoreError): string => `Firestore cannot be read (${kind}: ${detail}).`;
