import type { Talk } from './build-load.ts';
import type { Effects } from './read-effects.ts';

/** What should have come of everything that was accepted. */
export interface Expectation {
  /** Keys of the records that must exist and be searchable. */
  readonly records: readonly string[];
  /** Different vendor deliveries that were accepted. */
  readonly deliveries: number;
  /** Chat messages as they were last. */
  readonly talks: readonly Talk[];
  /** Message ids of the questions that were accepted. */
  readonly questions: readonly string[];
}

export interface Damage {
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

/** Compares, pure: one sentence for each thing that is missing, behind, or there more than once. */
export function findDamage(expected: Expectation, effects: Effects): Damage {
  const lost: string[] = [];
  const doubled: string[] = [];
  const missingEvents = expected.deliveries - effects.events;
  if (missingEvents > 0) lost.push(`${missingEvents} of ${expected.deliveries} deliveries left no event`);
  if (missingEvents < 0) doubled.push(`${-missingEvents} events more than the ${expected.deliveries} deliveries`);
  if (effects.parked > 0) lost.push(`${effects.parked} deliveries were parked`);

  for (const key of [...expected.records, ...expected.questions.map(id => `interaction:${id}`)]) {
    const version = effects.documents.get(key);
    if (version === undefined) lost.push(`${key} has no document`);
    else if ((effects.points.get(key) ?? []).length === 0) lost.push(`${key} is not searchable`);
  }
  for (const { messageId, said, edited, isDeleted } of expected.talks) {
    const known = effects.talks.get(messageId);
    const text = isDeleted ? undefined : (edited ?? said);
    if (known === undefined) lost.push(`chat message ${messageId} has no document`);
    else if (known.text !== text) lost.push(`chat message ${messageId} is in an older state`);
    const isSearchable = effects.points.has(`chat-message:${messageId}`);
    if (isDeleted && isSearchable) doubled.push(`chat message ${messageId} is deleted, but searchable`);
    if (!isDeleted && !isSearchable) lost.push(`chat message ${messageId} is not searchable`);
  }
  for (const [key, points] of effects.points) {
    const version = effects.documents.get(key);
    if (version === undefined) doubled.push(`${key} is searchable, but has no document`);
    else if (points.some(point => point.srcVersion !== version)) lost.push(`${key} is searchable in an older version`);
    const wanted = effects.expectedPoints.get(key) ?? 0;
    if (points.length > wanted) doubled.push(`${key} has ${points.length} points instead of ${wanted}`);
    if (points.length < wanted) lost.push(`${key} has ${points.length} points instead of ${wanted}`);
    if (new Set(points.map(point => point.chunk)).size < points.length) doubled.push(`${key} has a chunk twice`);
    if (points.some(point => !point.dense)) lost.push(`${key} has a point without its vector`);
  }
  for (const question of expected.questions) {
    const posted = effects.answers.get(question) ?? [];
    if (!posted.includes('first part')) lost.push(`question ${question} has no answer`);
    if (posted.includes('not derived')) doubled.push(`question ${question} has an answer beside its own`);
  }
  return { lost, doubled };
}
