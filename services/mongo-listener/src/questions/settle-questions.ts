import { chatDocumentId } from '@innkeeper/shared/domain/ids';
import type { DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type AskedQuestion, askedQuestion } from './asked-question.ts';
import { handOverQuestions, OFFERED_FOR_MS } from './hand-over-questions.ts';
import type { QuestionWatch, RoundMemory, RoundTrouble } from './question-watch.ts';
import { readWatermark, writeWatermark } from './question-watermark.ts';

/** So long the assistant has for its answer: 8 s, and time to take the question in again after a crash. */
export const ANSWERED_WITHIN_MS = 30_000;
/** Bounds memory and the length of a round; what is left comes in the next. */
const QUESTIONS_MAX = 200;
const LOOK_UPS_MAX = 100;
/** A quiet chat is no reason to write: after a restart this much is read again, by an index. */
const STORED_EVERY_MS = 5 * 60_000;

/**
 * One round: each question without an answer, sent since the watermark and at least 30 s ago, is offered once more; the
 * watermark moves over what is settled without a gap. What the assistant leaves unanswered on purpose is offered once
 * and settled by that. I/O: MongoDB, Firestore, the assistant's webhook.
 */
export async function settleQuestions(watch: QuestionWatch, memory: RoundMemory): Promise<Result<void, RoundTrouble>> {
  const nowMs = watch.clock.now().getTime();
  const started = await startOfRound(watch, memory, nowMs);
  if (!started.ok) return started;
  const after = started.value;
  const until = new Date(nowMs - ANSWERED_WITHIN_MS);
  if (until <= after) return ok(undefined);

  const looked = await lookForQuestions(watch, memory, after, until);
  if (!looked.ok) return looked;
  const { questions, rooms, readUpTo } = looked.value;
  const answered = await answeredAmong(questions, watch.interactions);
  if (!answered.ok) return answered;
  const unanswered = questions.filter(({ messageId }) => !answered.value.has(messageId));
  const { settled, trouble } = await handOverQuestions(unanswered, rooms, watch, memory);

  for (const { messageId } of questions) {
    if (answered.value.has(messageId) || settled.has(messageId)) memory.settledAhead.add(messageId);
  }
  const open = questions.find(({ messageId }) => !memory.settledAhead.has(messageId));
  // Others may have been sent in the same millisecond, so it is looked at again.
  memory.settledUpTo = open === undefined ? readUpTo : later(after, new Date(open.sentAt.getTime() - 1));
  if (open === undefined && readUpTo === until) {
    memory.settledAhead.clear();
    memory.refusals.clear();
  }
  const stored = await storeWatermark(watch.operations, memory, settled.size > 0);
  if (!stored.ok) return stored;
  return trouble === undefined ? ok(undefined) : err(trouble);
}

const later = (one: Date, other: Date): Date => (one > other ? one : other);

async function startOfRound(
  { operations }: QuestionWatch,
  memory: RoundMemory,
  nowMs: number,
): Promise<Result<Date, RoundTrouble>> {
  if (memory.settledUpTo === undefined) {
    const read = await readWatermark(operations);
    if (!read.ok) return err({ kind: 'store', detail: read.error.kind });
    if (read.value !== undefined) memory.storedUpTo = read.value;
    memory.settledUpTo = read.value ?? new Date(nowMs - OFFERED_FOR_MS);
  }
  // A clock that went ahead and was set back must not hide questions until it gets there again.
  if (memory.settledUpTo.getTime() > nowMs) memory.settledUpTo = new Date(nowMs - OFFERED_FOR_MS);
  return ok(memory.settledUpTo);
}

interface Looked {
  readonly questions: readonly AskedQuestion[];
  readonly rooms: Awaited<ReturnType<QuestionWatch['source']['rooms']>>;
  /** Up to here everything was read. */
  readonly readUpTo: Date;
}

async function lookForQuestions(
  { source, assistant, signal }: QuestionWatch,
  memory: RoundMemory,
  after: Date,
  until: Date,
): Promise<Result<Looked, RoundTrouble>> {
  const questions: AskedQuestion[] = [];
  let readUpTo = until;
  try {
    for await (const document of source.messages(after, until, signal)) {
      const question = askedQuestion(document, assistant);
      if (question === undefined || memory.settledAhead.has(question.messageId)) continue;
      questions.push(question);
      if (questions.length < QUESTIONS_MAX) continue;
      readUpTo = later(after, new Date(question.sentAt.getTime() - 1));
      break;
    }
    const rooms = await source.rooms([...new Set(questions.map(({ roomId }) => roomId))]);
    return ok({ questions, rooms, readUpTo });
  } catch (error) {
    // The driver's messages may name servers, so only the kind of error is passed on.
    return err({ kind: 'mongodb', detail: error instanceof Error ? error.name : 'unknown' });
  }
}

async function answeredAmong(
  questions: readonly AskedQuestion[],
  interactions: DocumentStore,
): Promise<Result<ReadonlySet<string>, RoundTrouble>> {
  const answered = new Set<string>();
  for (let start = 0; start < questions.length; start += LOOK_UPS_MAX) {
    const some = questions.slice(start, start + LOOK_UPS_MAX);
    const paths = some.map(({ messageId }): DocumentPath => `interactions/${chatDocumentId(messageId)}`);
    const found = await interactions.getAll(paths);
    if (!found.ok) return err({ kind: 'store', detail: found.error.kind });
    for (const [index, { messageId }] of some.entries()) {
      if (found.value[index] !== undefined) answered.add(messageId);
    }
  }
  return ok(answered);
}

async function storeWatermark(
  operations: DocumentStore,
  memory: RoundMemory,
  hasSettled: boolean,
): Promise<Result<void, RoundTrouble>> {
  const { settledUpTo, storedUpTo } = memory;
  if (settledUpTo === undefined || settledUpTo.getTime() === storedUpTo?.getTime()) return ok(undefined);
  const isDue = storedUpTo === undefined || settledUpTo.getTime() - storedUpTo.getTime() >= STORED_EVERY_MS;
  if (!hasSettled && !isDue) return ok(undefined);
  const written = await writeWatermark(operations, settledUpTo);
  if (!written.ok) return err({ kind: 'store', detail: written.error.kind });
  memory.storedUpTo = settledUpTo;
  return ok(undefined);
}
