import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { ok } from '@innkeeper/shared/result/result';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { scriptedLanguageModel } from '@innkeeper/shared/testing/scripted-language-model';
import { answerMessageId } from '../../src/answer-message-id.ts';
import { linksTo } from '../../src/compose/links.ts';
import { QuestionLog } from '../../src/conversation/question-log.ts';
import { createRoomTypes } from '../../src/conversation/room-types.ts';
import { type ConversationBooks, nextWorkAt, workOnQuestions } from '../../src/conversation/work-on-questions.ts';
import { DeliveryLog } from '../../src/deliver/delivery-log.ts';
import { createPacing, type Sender } from '../../src/outbox/pacing.ts';
import { TurnLedger } from '../../src/outbox/turn-ledger.ts';
import { OutgoingWebhook, utteranceOf } from '../../src/payload.ts';
import { AssistantScopes } from '../../src/scopes.ts';
import { type CountedChatServer, countedChatServer } from './counted-chat-server.ts';
import { sqliteStorage } from './sqlite-storage.ts';

/**
 * Conversations, their outbox and Rocket.Chat in virtual time: every call takes a moment, and the process may end
 * before or after any of them. What Durable Objects keep on disk outlives it; everything else does not.
 */
export interface Flood {
  readonly questions: readonly FloodQuestion[];
  /** The process ends at these calls, counted from the first. */
  readonly crashes: readonly number[];
  readonly exemptsBot: boolean;
}

export interface FloodQuestion {
  readonly id: string;
  readonly asker: string;
  readonly thread: string;
  readonly atMs: number;
  /** Edited so long after, while it waits or after it was answered; its webhook is also delivered twice. */
  readonly editedAfterMs: number | undefined;
}

export interface FloodOutcome {
  readonly server: CountedChatServer;
  /** Milliseconds from each question to its answer in the chat; endless for one without. */
  readonly waits: ReadonlyMap<string, number>;
  readonly marksLeft: number;
  readonly interactions: number;
}

const START_MS = Date.parse('2026-11-21T09:41:00Z');
const CALL_MS = 15;
const RESUME_AFTER_MS = 2_000;
const DAY_MS = 24 * 3_600_000;

interface Conversation extends ConversationBooks {
  alarmAt: number | undefined;
}

export async function playFlood({ questions, crashes, exemptsBot }: Flood): Promise<FloodOutcome> {
  let nowMs = START_MS;
  let calls = 0;
  let processes = 0;
  let endProcess: () => void = () => undefined;
  const timers = new Set<{ readonly at: number; readonly run: () => void }>();
  const now = (): number => nowMs;

  const pass = (): void => {
    calls += 1;
    nowMs += CALL_MS;
    for (const timer of timers) {
      if (timer.at > nowMs || !timers.delete(timer)) continue;
      timer.run();
    }
    if (!crashes.includes(calls)) return;
    processes += 1;
    endProcess();
  };

  const server = countedChatServer({ now, exemptsBot });
  const ledger = new TurnLedger(sqliteStorage());
  const stored = inMemoryDocumentStore();

  const startProcess = () => {
    timers.clear();
    const self = processes;
    /** Nothing of a process goes on once it has ended, whichever of its calls ended it. */
    const step = async (): Promise<void> => {
      if (self === processes) pass();
      if (self !== processes) await new Promise(() => undefined);
    };
    const fetch = server.fetchFor(step);
    const log = createLog('test', () => undefined);
    const pacing = createPacing({
      outbox: {
        turn: request => step().then(() => ledger.take(request, nowMs)),
        heard: (endpoint, limit) =>
          step().then(() => {
            if (limit.kind === 'refused') ledger.close(endpoint, nowMs + limit.retryAfterMs);
            else ledger.setExempt(endpoint, limit.kind === 'exempt', nowMs);
          }),
      },
      now,
      log,
    });
    const chatFor = (sender: Sender) =>
      rocketChatTeamChat({
        fetch,
        url: 'https://chat.example',
        userId: 'bot',
        authToken: new Secret('token'),
        pace: pacing(sender),
      });
    const documents: DocumentStore = {
      getAll: paths => step().then(() => stored.getAll(paths)),
      query: query => step().then(() => stored.query(query)),
      transact: (paths, decide) => step().then(() => stored.transact(paths, decide)),
      commit: async writes => {
        await step();
        const written = await stored.commit(writes);
        await step();
        return written;
      },
    };
    return {
      chatFor,
      documents,
      log,
      now,
      random: () => 0.5,
      after: (delayMs: number, run: () => void) => {
        const timer = { at: nowMs + delayMs, run };
        if (self === processes) timers.add(timer);
        return () => void timers.delete(timer);
      },
      roomTypes: createRoomTypes(chatFor({ ticket: 'rooms', asker: 'rooms', urgency: 'answer' }), now),
      vectors: { scrollAll: () => Promise.resolve(ok([])), hybridSearch: () => Promise.resolve(ok([])) },
      embedder: { model: 'none', dimensions: 1, embed: () => Promise.resolve(ok([])) },
      modelFor: () => scriptedLanguageModel(() => ({ fails: { kind: 'unavailable', detail: '' } })),
      scopes: AssistantScopes.parse({ rooms: { '*': 'full' } }),
      botUsername: 'innkeeper',
      botUserId: 'bot',
      words: [],
      links: linksTo({ guestyApp: 'https://g.example', aircallApp: 'https://a.example' }),
    };
  };
  let process = startProcess();

  const work = async (conversation: Conversation): Promise<void> => {
    conversation.alarmAt = nowMs + RESUME_AFTER_MS;
    await workOnQuestions(conversation, process);
    conversation.alarmAt = nextWorkAt(conversation);
  };

  const conversations = new Map<string, Conversation>();
  const deliver = (question: FloodQuestion, edited: boolean): void => {
    const conversation = conversations.get(question.thread) ?? {
      name: question.thread,
      log: new QuestionLog(sqliteStorage()),
      deliveries: new DeliveryLog(sqliteStorage()),
      alarmAt: undefined,
    };
    conversations.set(question.thread, conversation);
    const webhook = OutgoingWebhook.parse({
      bot: false,
      channel_id: 'general',
      channel_name: 'general',
      message_id: question.id,
      timestamp: new Date(START_MS).toISOString(),
      user_id: question.asker,
      user_name: question.asker,
      text: 'help',
      ...(edited ? { isEdited: true } : {}),
    });
    const textHash = edited ? 'edited' : 'original';
    const offer = {
      utterance: utteranceOf(webhook),
      by: 'mention',
      question: 'help',
      textHash,
      acceptedAt: nowMs,
    } as const;
    if (conversation.log.offer(offer) !== 'repeat') conversation.alarmAt = nowMs;
  };

  const deliveries = questions
    .flatMap(question => [
      { at: START_MS + question.atMs, question, edited: false },
      ...(question.editedAfterMs === undefined
        ? []
        : [
            { at: START_MS + question.atMs + question.editedAfterMs, question, edited: true },
            { at: START_MS + question.atMs + 2 * question.editedAfterMs, question, edited: false },
          ]),
    ])
    .toSorted((left, right) => left.at - right.at);

  while (nowMs < START_MS + DAY_MS) {
    const next = [...conversations.values()]
      .filter(({ alarmAt }) => alarmAt !== undefined)
      .toSorted((left, right) => (left.alarmAt ?? 0) - (right.alarmAt ?? 0))[0];
    const delivery = deliveries[0];
    if (delivery !== undefined && delivery.at <= (next?.alarmAt ?? Number.POSITIVE_INFINITY)) {
      deliveries.shift();
      nowMs = Math.max(nowMs, delivery.at);
      deliver(delivery.question, delivery.edited);
      continue;
    }
    if (next === undefined) break;
    nowMs = Math.max(nowMs, next.alarmAt ?? 0);
    const ended = new Promise<'ended'>(resolve => {
      endProcess = () => resolve('ended');
    });
    if ((await Promise.race([work(next), ended])) === 'ended') process = startProcess();
  }

  const marks = [...conversations.values()].filter(
    ({ deliveries: kept }) => kept.nextMarkDueAt(() => true) !== undefined,
  );
  const ids = questions.map(({ id }) => `interactions/${id}` as const);
  const waits = new Map<string, number>();
  for (const { id, atMs } of questions) {
    const answer = server.messages.get(await answerMessageId(id, 0));
    waits.set(id, (answer?.at ?? Number.POSITIVE_INFINITY) - START_MS - atMs);
  }
  const found = await stored.getAll(ids);
  const interactions = found.ok ? found.value.filter(document => document !== undefined).length : 0;
  return { server, waits, marksLeft: marks.length + server.marked.size, interactions };
}
