import type { PhoneRegion } from '@innkeeper/shared/adapters/phone/e164';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type HoldingBackups, readHoldingBackups } from './backups-holding.ts';
import { carryOut, type Done, type ErasePorts } from './carry-out.ts';
import { type Order, recordEffects, traceEffects } from './erased-documents.ts';
import { explainStore } from './find-guest.ts';
import { type FindError, findRecords, type Known, type PersonRecords } from './find-records.ts';
import { findTraces, type Traces } from './find-traces.ts';
import { indexedIn, joinEffects, orderIdOf, postsIn, readEffects, recordKeysIn, writeOrders } from './order-book.ts';

/** What is known of a guest, everywhere, before anything is changed. */
export interface Survey {
  readonly found: PersonRecords;
  readonly traces: Traces;
  readonly backups: HoldingBackups;
  /** Effects an order of this guest holds already: an erasure that was cut off, or an earlier one. */
  readonly ordered: Awaited<ReturnType<typeof readEffects>> extends Result<infer Effects, string> ? Effects : never;
  readonly orderId: string;
}

export interface SurveyPorts {
  readonly business: DocumentStore;
  readonly ops: DocumentStore;
  readonly now: () => number;
  readonly region?: PhoneRegion | undefined;
}

export async function survey(ports: SurveyPorts, guestId: string): Promise<Result<Survey, string>> {
  const orderId = orderIdOf(recordKey('guesty', 'guest', guestId));
  const ordered = await readEffects(ports.ops, orderId);
  if (!ordered.ok) return ordered;
  const backups = await readHoldingBackups(ports.ops, new Date(ports.now()));
  if (!backups.ok) return backups;
  const person = { names: [], numbers: [], emails: [] };
  const looked = await look(ports, guestId, { keys: recordKeysIn(ordered.value), person }, postsIn(ordered.value));
  if (!looked.ok) return looked;
  return ok({ ...looked.value, backups: backups.value, ordered: ordered.value, orderId });
}

async function look(
  { business, region }: SurveyPorts,
  guestId: string,
  known: Known,
  posts: readonly string[],
): Promise<Result<Pick<Survey, 'found' | 'traces'>, string>> {
  const found = await findRecords(business, guestId, known, region);
  if (!found.ok) return err(explainFind(found.error));
  const traces = await findTraces(business, found.value, posts);
  return traces.ok ? ok({ found: found.value, traces: traces.value }) : err(explainStore(traces.error));
}

/** What arrived while it was at work is found by looking again; more often than this somebody keeps writing. */
const LOOKS_MAX = 4;

export interface Erased {
  readonly done: Done;
  /** As it stands in the end: what is found now cannot be changed from here. */
  readonly found: PersonRecords;
  readonly traces: Traces;
  /** Documents of this and earlier runs that the index must follow. */
  readonly indexed: readonly DocumentPath[];
}

/**
 * Erases a guest and looks again until nothing is left. The order is written before the first change, so that a crash
 * leaves the list of places behind, and once more in the end.
 */
export async function erasePerson(
  ports: SurveyPorts & ErasePorts,
  guestId: string,
  begun: Survey,
): Promise<Result<Erased, string>> {
  const order: Order = { orderId: begun.orderId, erasedAtMs: ports.now() };
  const { obsoleteAfter } = begun.backups;
  let effects = begun.ordered;
  let { found, traces } = begun;
  let done: Done = NOTHING_DONE;
  for (let looks = 1; looks <= LOOKS_MAX; looks += 1) {
    effects = joinEffects(effects, [...recordEffects(found.records, order), ...traceEffects(traces, found.links)]);
    const erasedAt = new Date(ports.now()).toISOString();
    const ordered = await writeOrders(ports.ops, { orderId: begun.orderId, erasedAt, obsoleteAfter }, effects);
    if (!ordered.ok) return ordered;
    const carried = await carryOut(ports, found, traces, order);
    if (!carried.ok) return carried;
    done = sum(done, carried.value);
    const known = { keys: found.records.map(({ key }) => key), person: found.person };
    const again = await look(ports, guestId, known, traces.posts);
    if (!again.ok) return again;
    ({ found, traces } = again.value);
    if (isClean(found, traces)) return ok({ done, found, traces, indexed: indexedIn(effects) });
  }
  return err(`After ${LOOKS_MAX} looks there is still something new of this guest: repeat the command.`);
}

const isClean = ({ records }: PersonRecords, { events, parked, interactions, postCopies }: Traces): boolean =>
  records.every(record => record.erased === true) &&
  [events, parked, interactions, postCopies].every(documents => documents.length === 0);

const NOTHING_DONE: Done = { records: 0, events: 0, parked: 0, interactions: 0, posts: 0, postsGone: 0, links: 0 };

/** Records are counted once, whatever the number of looks. */
const sum = (left: Done, right: Done): Done => ({
  records: Math.max(left.records, right.records),
  events: left.events + right.events,
  parked: left.parked + right.parked,
  interactions: left.interactions + right.interactions,
  posts: left.posts + right.posts,
  postsGone: Math.max(left.postsGone, right.postsGone),
  links: left.links + right.links,
});

const explainFind = (error: FindError): string => `Firestore: ${error.kind}, ${error.detail}`;
