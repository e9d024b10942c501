import { Interaction } from '@innkeeper/shared/contracts/interaction';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Effect } from './applied.ts';
import type { ChangeOf } from './to-document.ts';

export type FeedbackApplied = Effect | 'no_interaction';

const TRIES_MAX = 5;
const Feedback = Interaction.shape.feedback;

/** Puts how people reacted beside the answer they reacted to, found by the message that carries it. */
export async function applyFeedback(
  store: DocumentStore,
  change: ChangeOf<'feedback'>,
): Promise<Result<FeedbackApplied, StoreError>> {
  const { version, up, down } = change;
  for (let attempt = 0; attempt < TRIES_MAX; attempt += 1) {
    const found = await store.query({
      collection: 'interactions',
      where: [{ field: 'answerMessageIds', op: 'array-contains', value: change.messageId }],
      limit: 1, // a message carries one answer
    });
    if (!found.ok) return found;
    const [interaction] = found.value;
    if (interaction === undefined) return ok('no_interaction');
    // Unreadable feedback is none: what people said is whole in this change.
    const stored = Feedback.safeParse(interaction.fields['feedback']).data;
    if (stored !== undefined && stored.version > version) return ok('older');
    if (stored !== undefined && stored.version === version) return ok('unchanged');
    const written = await store.commit([
      {
        op: 'merge',
        path: interaction.path,
        fields: { feedback: { version, up, down } },
        precondition: { updateTime: interaction.updateTime },
      },
    ]);
    if (written.ok) return ok('written');
    if (written.error.kind !== 'precondition_failed') return written;
  }
  return err({ kind: 'contention', detail: 'the interaction kept changing' });
}
