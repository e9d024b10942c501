import { ChatMessageDocument } from '@innkeeper/shared/contracts/chat-documents';
import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentPath, DocumentStore, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';
import { whereWrong } from '../where-wrong.ts';
import type { Effect, InvalidDocument } from './applied.ts';
import { isSameContent, toFields } from './document-fields.ts';
import { type ChangeOf, toMessageDocument } from './to-document.ts';
import { supersedes } from './version-guard.ts';

export interface MessageApplied {
  readonly effect: Effect;
  /**
   * To be converged whatever the effect: a run of this very change may have died before or after it wrote points, and a
   * document that was only given a higher version has points that name the one before.
   */
  readonly path: DocumentPath;
}

/** Others rewriting the same message at the same moment lose within so many tries, or the change comes again. */
const TRIES_MAX = 5;

/** `chatMessages/<id>` as `change` says, unless it knows better: one read and one conditional write. */
export async function applyMessage(
  store: DocumentStore,
  change: ChangeOf<'message' | 'message-removed'>,
): Promise<Result<MessageApplied, StoreError | InvalidDocument>> {
  const path = `chatMessages/${chatDocumentId(change.messageId)}` as const;
  const incoming = toMessageDocument(change);
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const read = await store.getAll([path]);
    if (!read.ok) return read;
    const [document] = read.value;
    const stored = z.optional(ChatMessageDocument).safeParse(document?.fields);
    if (!stored.success) return err({ kind: 'invalid_document', detail: whereWrong(stored.error) });

    if (!supersedes(incoming, stored.data)) return ok({ effect: 'older', path });
    const isSame = stored.data !== undefined && isSameContent(incoming, stored.data);
    const effect: Effect = isSame ? 'unchanged' : 'written';
    if (isSame && stored.data?.version === incoming.version) return ok({ effect, path });

    // Also where only the version rises, or a change from in between would still win.
    const written = await store.commit([
      { op: 'set', path, fields: toFields(incoming), precondition: asItWas(document) },
    ]);
    if (written.ok) return ok({ effect, path });
    if (written.error.kind !== 'precondition_failed') return written;
  }
  return err({ kind: 'contention', detail: `${path} kept changing` });
}

const asItWas = (document: StoredDocument | undefined) =>
  document === undefined ? { exists: false } : { updateTime: document.updateTime };
