import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { PointWrite } from '@innkeeper/shared/ports/vector-store';
import type { Posted } from '../assistant/assistant.ts';

/**
 * What assistants commonly do: embed the question, take the five nearest texts, put them into a prompt. Without a model
 * the five texts themselves are the answer, which is all that a model could know. It has no rooms, no scopes and no
 * calendar. Pure but for the embedder.
 */
const NEAREST = 5;

export async function nearestFive(text: string, points: readonly PointWrite[], embedder: Embedder): Promise<Posted> {
  const startedMs = performance.now();
  const embedded = await embedder.embed([text], 'query');
  const vector = embedded.ok ? (embedded.value[0] ?? []) : [];
  const near = points
    .map(({ payload, dense }) => ({ payload, score: dot(vector, dense ?? []) }))
    .toSorted((left, right) => right.score - left.score)
    .slice(0, NEAREST);
  return {
    text: near.map(({ payload }) => `• ${payload.title}: ${payload.text.replaceAll('\n', ' ')}`).join('\n'),
    sourceKeys: [...new Set(near.map(({ payload }) => payload.docKey))],
    planKind: 'nearest five',
    stepMs: { total: performance.now() - startedMs },
  };
}

/** Both embedders here make vectors of length one. */
function dot(left: readonly number[], right: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < left.length; at += 1) sum += (left[at] ?? 0) * (right[at] ?? 0);
  return sum;
}
