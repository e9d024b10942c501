import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { DocumentFields, DocumentStore, Precondition, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Only a reaction of somebody in the very same moment gets in between. */
const TRIES_MAX = 5;

/**
 * Keeps a question with its answer as history. A retry changes nothing; a question delivered once more long after never
 * replaces what an edit made of it; what people thought of the answer, which somebody else writes, stays. I/O: Firestore,
 * by preconditions: a transaction whose writer is killed would keep the document locked for a minute.
 */
export async function storeInteraction(
  interaction: Interaction,
  documents: DocumentStore,
): Promise<Result<void, StoreError>> {
  const path = `interactions/${interaction.messageId}` as const;
  // The contract's values are JSON: what `undefined` would be is absent.
  const fields = JSON.parse(JSON.stringify(interaction)) as DocumentFields;
  const write = async (all: DocumentFields, precondition: Precondition): Promise<Result<void, StoreError>> => {
    const written = await documents.commit([{ op: 'set', path, fields: all, precondition }]);
    return written.ok ? ok(undefined) : written;
  };

  if (interaction.revision === 0) {
    const written = await write(fields, { exists: false });
    return written.ok || written.error.kind === 'precondition_failed' ? ok(undefined) : written;
  }
  for (let tried = 1; tried <= TRIES_MAX; tried += 1) {
    const read = await documents.getAll([path]);
    if (!read.ok) return read;
    const stored = read.value[0];
    const feedback = stored?.fields['feedback'];
    const written = await write(
      feedback === undefined ? fields : { ...fields, feedback },
      stored === undefined ? { exists: false } : { updateTime: stored.updateTime },
    );
    if (written.ok || written.error.kind !== 'precondition_failed') return written;
  }
  return err({ kind: 'contention', detail: `others kept writing ${path}` });
}
