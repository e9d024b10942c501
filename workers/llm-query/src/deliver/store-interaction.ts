import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { DocumentFields, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';

/**
 * Keeps a question with its answer as history. A retry changes nothing; a question delivered once more long after never
 * replaces what an edit made of it; what people thought of the answer, which somebody else writes, stays. I/O: Firestore.
 */
export function storeInteraction(
  interaction: Interaction,
  documents: DocumentStore,
): Promise<Result<void, StoreError>> {
  const path = `interactions/${interaction.messageId}` as const;
  // The contract's values are JSON: what `undefined` would be is absent.
  const fields = JSON.parse(JSON.stringify(interaction)) as DocumentFields;
  return documents.transact([path], ([stored]) => {
    if (stored !== undefined && interaction.revision === 0) return { writes: [], value: undefined };
    const feedback = stored?.fields['feedback'];
    return {
      writes: [{ op: 'set', path, fields: feedback === undefined ? fields : { ...fields, feedback } }],
      value: undefined,
    };
  });
}
