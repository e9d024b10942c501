import type { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { DocumentFields, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Keeps a question with its answer as history. A retry writes the same document; a question delivered once more long
 * after never replaces what an edit made of it. I/O: Firestore.
 */
export async function storeInteraction(
  interaction: Interaction,
  documents: DocumentStore,
): Promise<Result<void, StoreError>> {
  const written = await documents.commit([
    {
      op: 'set',
      path: `interactions/${interaction.messageId}`,
      // The contract's values are JSON: what `undefined` would be is absent.
      fields: JSON.parse(JSON.stringify(interaction)) as DocumentFields,
      ...(interaction.revision === 0 ? { precondition: { exists: false } } : {}),
    },
  ]);
  if (written.ok || written.error.kind === 'precondition_failed') return ok(undefined);
  return err(written.error);
}
