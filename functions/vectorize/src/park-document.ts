import type { IndexState } from '@innkeeper/shared/contracts/index-state';
import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { DocumentPath, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';
import { parkedPathOf, parseState, statePathOf } from './converge/index-states.ts';
import { PIPELINE_REVISION } from './converge/points.ts';
import { docKeyOf } from './converge/subject.ts';

/**
 * Puts a document that cannot be indexed where a person sees it, and notes that beside what is known of its points, in
 * one transaction: so the run that succeeds later takes it away without having to look for it.
 */
export function parkDocument(
  ports: { readonly store: DocumentStore; readonly now: () => Date },
  path: DocumentPath,
  about: { readonly reason: string; readonly detail: string; readonly attempts: number },
): Promise<Result<void, StoreError>> {
  const now = ports.now().toISOString();
  const parked: Parked = { v: 1, by: 'vectorize', ...about, subject: path, parkedAt: now };
  const nothingIndexed = {
    v: 1,
    docKey: docKeyOf(path),
    srcVersion: 0,
    pipelineRevision: PIPELINE_REVISION,
    contentHash: '',
    chunks: 0,
    model: '',
    dense: false,
    deleted: true,
    indexedAt: now,
  } satisfies IndexState;
  return ports.store.transact([statePathOf(path)], ([document]) => ({
    writes: [
      { op: 'set', path: parkedPathOf(path), fields: parked },
      {
        op: 'set',
        path: statePathOf(path),
        fields: { ...(parseState(document).state ?? nothingIndexed), parked: true },
      },
    ],
    value: undefined,
  }));
}
