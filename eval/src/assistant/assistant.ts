import { type AnswerPorts, answerQuestion } from '@innkeeper/llm-query/answer-question';
import { LISTENER_HEARTBEAT_PATH } from '@innkeeper/shared/contracts/chat-documents';
import type { ThreadContext } from '@innkeeper/shared/domain/plan';
import { Question } from '@innkeeper/shared/domain/question';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import type { VectorReader } from '@innkeeper/shared/ports/vector-store';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import type { Asked } from '../ask/asked.ts';
import { iso } from '../world/calendar.ts';
import type { World } from '../world/world.ts';
import { chatAccessOf, chatMessagesOf, recordsOf } from '../world/write-world.ts';

/**
 * The assistant as it ships, from question to the text it would post, in this process: documents in memory, as the
 * pipeline would have written them, and time that starts at the question's own. I/O only where its parts do any.
 */
export interface Assistant {
  ask(asked: Asked): Promise<Posted>;
}

export interface Posted {
  readonly text: string;
  readonly sourceKeys: readonly string[];
  readonly planKind: string;
  /** Milliseconds each step took. */
  readonly stepMs: Readonly<Record<string, number>>;
}

const BOT = { id: 'botUserId00000001', name: 'innkeeper' };
/** What a question may take; see the Worker's `deadline.ts`. */
const ANSWER_WITHIN_MS = 8_000;

export const LINKS = {
  booking: (reservationId: string) => `https://guesty.example/booking/${reservationId}`,
  call: (callId: string) => `https://aircall.example/call/${callId}`,
};

export async function openAssistant(
  world: World,
  parts: { readonly vectors: VectorReader; readonly embedder: Embedder; readonly model: LanguageModel },
): Promise<Assistant> {
  const documents = inMemoryDocumentStore();
  const put = async (path: DocumentPath, fields: object): Promise<void> => {
    const plain = JSON.parse(JSON.stringify(fields)) as DocumentFields;
    const done = await documents.commit([{ op: 'set', path, fields: plain }]);
    if (!done.ok) throw new Error(`${path} was not written: ${done.error.detail}`);
  };
  const records = recordsOf(world);
  for (const record of records) await put(`records/${record.key}`, record);
  for (const [id, message] of chatMessagesOf(world)) await put(`chatMessages/${id}`, message);
  for (const [path, fields] of chatAccessOf(world)) await put(path, fields);
  const listings = ok(records.filter(record => record.kind === 'listing'));

  const answer = async (asked: Asked, text: string, context: ThreadContext | undefined) => {
    const startedMs = performance.now();
    const now = (): number => asked.atMs + performance.now() - startedMs;
    const ports: AnswerPorts = {
      documents,
      vectors: parts.vectors,
      embedder: parts.embedder,
      model: parts.model,
      log: createLog('eval', () => undefined),
      now,
      links: LINKS,
      botUsername: BOT.name,
      botUserId: BOT.id,
      words: ['!query'],
    };
    const answered = await answerQuestion(
      {
        question: Question.parse({
          messageId: `question-${asked.id}`,
          roomId: asked.roomId,
          roomType: 'public',
          askerId: asked.askerId,
          askerName: asked.askerId,
          text,
          askedAt: iso(asked.atMs),
          edited: false,
        }),
        scope: asked.scope,
        ...(context === undefined ? {} : { context }),
        deadline: asked.atMs + ANSWER_WITHIN_MS,
        listings: Promise.resolve(listings),
      },
      ports,
    );
    return { answered, stepMs: stepsOf(answered.ok ? answered.value.stepEnds : {}, asked.atMs, now()) };
  };

  return {
    async ask(asked) {
      await put(LISTENER_HEARTBEAT_PATH, {
        v: 1,
        at: iso(asked.atMs),
        state: 'streaming',
        caughtUpTo: iso(asked.atMs),
      });
      let context: ThreadContext | undefined;
      for (const earlier of asked.before) {
        const { answered } = await answer(asked, earlier, context);
        if (answered.ok) context = { plan: answered.value.plan, answeredAt: iso(asked.atMs) };
      }
      const { answered, stepMs } = await answer(asked, asked.text, context);
      if (!answered.ok) {
        return {
          text: `(${answered.error.kind}: ${answered.error.detail})`,
          sourceKeys: [],
          planKind: 'failed',
          stepMs,
        };
      }
      const { plan, answer: posted } = answered.value;
      return {
        text: posted.parts.join('\n'),
        sourceKeys: posted.sources.map(({ key }) => key),
        planKind: plan.kind,
        stepMs,
      };
    },
  };
}

/** Ends of steps into how long each took, and `total`. */
function stepsOf(ends: Readonly<Record<string, number>>, startMs: number, endMs: number): Record<string, number> {
  const steps: Record<string, number> = { total: endMs - startMs };
  let before = startMs;
  for (const [step, at] of Object.entries(ends).sort(([, left], [, right]) => left - right)) {
    steps[step] = at - before;
    before = at;
  }
  return steps;
}
