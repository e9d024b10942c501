import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Document } from 'mongodb';
import type { Alert } from '../alerts/alert.ts';
import type { QuestionBody } from '../questions/asked-question.ts';
import type { OfferError } from '../questions/offer-question.ts';
import type { AskedIn } from '../questions/question-source.ts';
import { emptyRoundMemory, type QuestionWatch, type RoundTrouble } from '../questions/question-watch.ts';
import { settleQuestions } from '../questions/settle-questions.ts';

const ASSISTANT = { userId: 'bOtUsErId00000001', username: 'concierge.bot', words: ['!ask'] };
const NOON = Date.parse('2026-11-21T12:00:00.000Z');

type StoreFault = () => StoreError | undefined;
/** An empty store that fails where `fault` says so. */
type StoreWith = (fault: StoreFault) => DocumentStore;

/** A chat, an assistant that can be out of order, and a process that can be started anew. Time moves when told. */
export function questionWorld(storeWith: StoreWith) {
  let nowMs = NOON;
  let isChatDown = false;
  let isStoreDown = false;
  let answer: (messageId: string) => OfferError | undefined = () => undefined;
  let memory = emptyRoundMemory();
  let counter = 0;
  const messages: Document[] = [];
  const rooms = new Map<string, AskedIn>([
    ['GENERAL', { type: 'c', name: 'general' }],
    ['LIVE', { type: 'l', name: 'guest-17' }],
  ]);
  const fault: StoreFault = () => (isStoreDown ? { kind: 'unavailable', detail: 'down' } : undefined);
  const interactions = storeWith(fault);
  const operations = storeWith(fault);
  const offered: QuestionBody[] = [];
  const alerts: Alert[] = [];
  const logged: string[] = [];

  const watch: QuestionWatch = {
    source: {
      messages: async function* (after, until) {
        if (isChatDown) throw new TypeError('mongodb://user:password@db is down');
        const found = messages
          .filter(({ ts }) => ts > after && ts <= until)
          .sort((one, other) => one['ts'] - other['ts']);
        yield* found;
      },
      rooms: roomIds => Promise.resolve(new Map([...rooms].filter(([roomId]) => roomIds.includes(roomId)))),
    },
    interactions,
    operations,
    assistant: ASSISTANT,
    offer: body => {
      const failure = answer(body.message_id);
      if (failure !== undefined) return Promise.resolve(err(failure));
      offered.push(body);
      return Promise.resolve(ok(undefined));
    },
    clock: { now: () => new Date(nowMs), elapsedMs: () => nowMs, pause: () => Promise.resolve() },
    log: createLog('mongo-listener', line => logged.push(line)),
    alert: alert => alerts.push(alert),
    signal: new AbortController().signal,
  };

  return {
    offered,
    alerts,
    logged,
    rooms,
    offeredIds: () => offered.map(body => body.message_id),
    watermark: async () => {
      const read = await operations.getAll(['listenerState/questions']);
      return read.ok ? read.value[0]?.fields['settledUpTo'] : undefined;
    },
    pass: (ms: number) => {
      nowMs += ms;
    },
    restart: () => {
      memory = emptyRoundMemory();
    },
    /** Somebody asks, now; answers the message's id. */
    ask: (fields: Document = {}): string => {
      counter += 1;
      const _id = `question${counter}`;
      const u = { _id: 'X7ZSLm7umWPBNaDxT', username: 'frida', name: 'Frida Example' };
      messages.push({
        _id,
        rid: 'GENERAL',
        msg: '@concierge.bot who is checking in today?',
        ts: new Date(nowMs),
        u,
        mentions: [],
        ...fields,
      });
      return _id;
    },
    answerInChat: async (messageId: string) => {
      await interactions.commit([{ op: 'set', path: `interactions/${messageId}`, fields: { v: 1 } }]);
    },
    assistantAnswers: (how: typeof answer) => {
      answer = how;
    },
    chatIsDown: (down: boolean) => {
      isChatDown = down;
    },
    storeIsDown: (down: boolean) => {
      isStoreDown = down;
    },
    round: async (): Promise<RoundTrouble['kind'] | 'well'> => {
      const settled = await settleQuestions(watch, memory);
      return settled.ok ? 'well' : settled.error.kind;
    },
  };
}
