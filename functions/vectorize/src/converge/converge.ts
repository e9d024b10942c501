import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { Embedder, EmbedderError } from '@innkeeper/shared/ports/embedder';
import type { VectorStoreError, VectorWriter } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { findDependents } from './dependents.ts';
import { type StateRead, settleState } from './index-states.ts';
import { contentHash, embeddedText, PIPELINE_REVISION, toPayloads } from './points.ts';
import { areUnmoved, readSubject, type SubjectPorts } from './read-subject.ts';
import { docKeyOf, type Subject, type SubjectError } from './subject.ts';

/**
 * Makes the index say what a document says now. An event is only the hint to come here: whatever its order, age or
 * number, the document is read, its points written, and the document read again; if it moved meanwhile, round again.
 * So any number of concurrent, late or repeated runs ends with the points of the newest state.
 */
export interface ConvergePorts extends SubjectPorts {
  readonly vectors: VectorWriter;
  readonly embedder: Embedder;
  readonly pointId: (docKey: string, chunk: number) => string;
  readonly now: () => Date;
}

export type Converged =
  | { readonly kind: 'settled' }
  /** Filters and BM25 find it; the dense vector is still owed. */
  | { readonly kind: 'awaiting_dense'; readonly reason: EmbedderError };

export type ConvergeError =
  | SubjectError
  | VectorStoreError
  | { readonly kind: 'embedding_refused'; readonly detail: string }
  | { readonly kind: 'restless'; readonly detail: string };

/** A document written more than this often within one run is left to its next event. */
export const ROUNDS_MAX = 5;

export async function converge(ports: ConvergePorts, path: DocumentPath): Promise<Result<Converged, ConvergeError>> {
  const docKey = docKeyOf(path);
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const read = await readSubject(ports, path);
    if (!read.ok) return read;
    const { subject, sources, state } = read.value;
    const wanted = subject === undefined || subject.deleted ? undefined : await wantedPoints(subject);
    // A repeated event, a late one whose document an earlier run found further on, or a borrower whose words are the same.
    if (wanted !== undefined && (await standsSettled(ports, wanted, state))) return ok({ kind: 'settled' });

    const applied = wanted === undefined ? await removePoints(ports, docKey) : await writePoints(ports, wanted, state);
    if (!applied.ok) return applied;

    const unmoved = await areUnmoved(ports.store, sources);
    if (!unmoved.ok) return unmoved;
    if (!unmoved.value) continue;

    // Not "the text differs from the settled one": others may have borrowed from a state in between that is gone again.
    if (state.state?.srcVersion !== (subject?.version ?? 0)) {
      // Before settling, so that a crash in between leaves this document unsettled and its dependents are found again.
      const followed = await convergeDependents(ports, path);
      if (!followed.ok) return followed;
    }

    const settled = await settleState(ports.store, path, state, {
      v: 1,
      docKey,
      srcVersion: subject?.version ?? 0,
      pipelineRevision: PIPELINE_REVISION,
      contentHash: applied.value.hash,
      chunks: applied.value.chunks,
      model: ports.embedder.model,
      dense: applied.value.embeddingFailed === undefined,
      deleted: applied.value.chunks === 0,
      indexedAt: ports.now().toISOString(),
    });
    if (!settled.ok) {
      if (settled.error.kind === 'precondition_failed') continue; // another run settled first: check its work
      return settled;
    }
    const reason = applied.value.embeddingFailed;
    return ok(reason === undefined ? { kind: 'settled' } : { kind: 'awaiting_dense', reason });
  }
  return err({ kind: 'restless', detail: `still moving after ${ROUNDS_MAX} rounds` });
}

const DEPENDENTS_AT_ONCE = 8; // each costs a handful of small requests to stores that serve far more

/** Documents that borrow words from `path` follow it. What is wrong with one of them is its own event's matter. */
async function convergeDependents(ports: ConvergePorts, path: DocumentPath): Promise<Result<void, ConvergeError>> {
  const dependents = await findDependents(ports.vectors, path);
  if (!dependents.ok) return dependents;
  for (let start = 0; start < dependents.value.length; start += DEPENDENTS_AT_ONCE) {
    const group = dependents.value.slice(start, start + DEPENDENTS_AT_ONCE);
    const outcomes = await Promise.all(group.map(dependent => converge(ports, dependent)));
    const failed = outcomes.find(outcome => !outcome.ok && !concernsItselfOnly(outcome.error));
    if (failed !== undefined && !failed.ok) return failed;
  }
  return ok(undefined);
}

const concernsItselfOnly = (error: ConvergeError): boolean =>
  error.kind === 'invalid_document' || error.kind === 'refused' || error.kind === 'embedding_refused';

/** Points as a subject would have them. */
interface Wanted {
  readonly subject: Subject;
  readonly payloads: readonly PointPayload[];
  readonly hash: string;
}

async function wantedPoints(subject: Subject): Promise<Wanted> {
  const payloads = toPayloads(subject);
  return { subject, payloads, hash: await contentHash(payloads) };
}

interface Applied {
  readonly hash: string;
  readonly chunks: number;
  readonly embeddingFailed?: EmbedderError;
}

async function removePoints(ports: ConvergePorts, docKey: string): Promise<Result<Applied, ConvergeError>> {
  const removed = await ports.vectors.deleteWhere({ must: [{ field: 'docKey', equals: docKey }] });
  if (!removed.ok) return removed;
  return ok({ hash: '', chunks: 0 });
}

async function writePoints(
  ports: ConvergePorts,
  { subject, payloads, hash }: Wanted,
  before: StateRead,
): Promise<Result<Applied, ConvergeError>> {
  if (
    saysTheSame(ports, hash, before) &&
    (await contentHash(await pointsOf(ports, subject, payloads.length))) === hash
  ) {
    const raised = await ports.vectors.raiseVersion(subject.docKey, subject.version);
    if (!raised.ok) return raised;
    return ok({ hash, chunks: payloads.length });
  }

  const embedded = await ports.embedder.embed(payloads.map(embeddedText), 'document');
  if (!embedded.ok && embedded.error.kind === 'refused') {
    return err({ kind: 'embedding_refused', detail: embedded.error.detail });
  }
  const points = payloads.map((payload, index) => {
    const dense = embedded.ok ? embedded.value[index] : undefined;
    const id = ports.pointId(payload.docKey, payload.chunk);
    return dense === undefined ? { id, payload: { ...payload, dense: false } } : { id, payload, dense };
  });
  const written = await ports.vectors.upsert(points);
  if (!written.ok) return written;
  // A shorter text leaves chunks behind, of this very version where only borrowed words became fewer.
  const trimmed = await ports.vectors.deleteWhere({
    must: [
      { field: 'docKey', equals: subject.docKey },
      { field: 'srcVersion', range: { lte: subject.version } },
    ],
    should: [
      { field: 'srcVersion', range: { lt: subject.version } },
      { field: 'chunk', range: { gte: payloads.length } },
    ],
  });
  if (!trimmed.ok) return trimmed;
  return ok({
    hash,
    chunks: payloads.length,
    ...(embedded.ok ? {} : { embeddingFailed: embedded.error }),
  });
}

/** Whether the points of this very version are there, with all that follows from it: then there is nothing to do. */
async function standsSettled(
  ports: ConvergePorts,
  { subject, payloads, hash }: Wanted,
  before: StateRead,
): Promise<boolean> {
  const { state } = before;
  if (state?.srcVersion !== subject.version || state.parked === true || !saysTheSame(ports, hash, before)) return false;
  const found = await pointsOf(ports, subject, payloads.length);
  return found.every(({ srcVersion }) => srcVersion === subject.version) && (await contentHash(found)) === hash;
}

const saysTheSame = ({ embedder }: ConvergePorts, hash: string, { state }: StateRead): boolean =>
  state !== undefined &&
  state.dense &&
  state.contentHash === hash &&
  state.pipelineRevision === PIPELINE_REVISION &&
  state.model === embedder.model;

/**
 * The state document is a claim: a run that was killed after its write may have left older words behind since. Before
 * nothing is written, one look at what is really there; none where that fails.
 */
async function pointsOf(ports: ConvergePorts, { docKey }: Subject, chunks: number): Promise<readonly PointPayload[]> {
  const found = await ports.vectors.scrollAll(
    { must: [{ field: 'docKey', equals: docKey }] },
    { maxPoints: chunks + 1 },
  );
  return found.ok ? found.value : [];
}
