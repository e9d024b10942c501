import { ok } from '@innkeeper/shared/result/result';
import type { Promised } from './judge/flaw.ts';
import { CODE_AS_IT_IS, type WorkerCode } from './platform/worker-code.ts';

/** Code that is wrong in one place, as it could have been written; each breaks a promise, and the judge has to notice. */
export interface WrongVariant {
  readonly code: WorkerCode;
  readonly breaks: Promised;
  /** Within so many webhooks. */
  readonly within: number;
  readonly withholds: boolean;
  readonly haste: number;
}

const wrong = (breaks: Promised, within: number, code: Partial<WorkerCode>): WrongVariant => ({
  breaks,
  within,
  code: { ...CODE_AS_IT_IS, ...code },
  withholds: true,
  haste: 1,
});

/** What looking for gaps would heal again is found out where nobody looks, and nothing needs healing but this. */
const unhealed = (variant: WrongVariant): WrongVariant => ({
  ...variant,
  code: { ...variant.code, looksForGaps: false },
  withholds: false,
});

/** What only shows where two processes have to do with the same thing at the same time. */
const inHaste = (variant: WrongVariant): WrongVariant => ({ ...variant, haste: 3 });

let copies = 0;

export const WRONG_VARIANTS: Readonly<Record<string, WrongVariant>> = {
  'answers before the delivery is durable': wrong('lost', 600, {
    queue: queue => ({
      send: delivery => {
        void queue.send(delivery);
        return Promise.resolve(ok(undefined));
      },
    }),
  }),
  'gives every attempt of a delivery an id of its own': wrong('doubled', 600, {
    queue: queue => ({
      send: delivery => {
        copies += 1;
        return queue.send({ ...delivery, eventId: `${delivery.eventId}-${copies}` });
      },
    }),
  }),
  'acknowledges before the commit': wrong('lost', 600, {
    messages: messages =>
      messages.map(message => {
        message.ack();
        return { body: message.body, attempts: message.attempts, ack: () => undefined, retry: () => undefined };
      }),
  }),
  'compares by time of receipt instead of the vendor’s version': wrong('outdated', 600, {
    source: source => ({
      ...source,
      interpret: async received => {
        const meaning = await source.interpret(received);
        if (meaning.kind === 'unsupported') return meaning;
        const version = Date.parse(received.delivery.receivedAt);
        const changes = meaning.changes.map(change => ({
          ...change,
          parts: change.parts.map(part => ({ ...part, version })),
        }));
        return { ...meaning, changes };
      },
    }),
  }),
  'writes without a precondition, so that the last one wins': inHaste(
    wrong('outdated', 1_500, {
      store: store => ({
        ...store,
        commit: writes => store.commit(writes.map(({ precondition: _none, ...write }) => write)),
      }),
    }),
  ),
  'settles a delivery without its marks': unhealed(
    wrong('outdated', 600, { gate: () => ({ mark: () => Promise.resolve(ok(undefined)) }) }),
  ),
  'forgets what is marked again while it is read': inHaste(
    unhealed(
      wrong('outdated', 3_000, {
        dirtySet: dirtySet => ({
          ...dirtySet,
          mark: (marks, nowMs) => {
            const known = new Set(dirtySet.entries().map(({ subject, id }) => `${subject} ${id}`));
            dirtySet.mark(
              marks.filter(({ subject, id }) => !known.has(`${subject} ${id}`)),
              nowMs,
            );
          },
        }),
      }),
    ),
  ),
  'gives up after one attempt': wrong('lost', 600, {
    messages: messages => messages.map(message => ({ ...message, retry: () => message.ack() })),
  }),
  'takes what the gate refuses for marked': unhealed(
    wrong('outdated', 1_500, {
      gate: gate => ({
        mark: async marks => {
          const marked = await gate.mark(marks);
          return marked.ok ? marked : ok(undefined);
        },
      }),
    }),
  ),
  'never looks for gaps': wrong('unhealed', 1_500, { looksForGaps: false }),
  'parks whatever does not work at once': wrong('lost', 600, {
    source: source => ({
      ...source,
      interpret: async received => {
        const meaning = await source.interpret(received);
        return meaning.kind === 'understood' && (meaning.marks ?? []).length > 0
          ? {
              kind: 'unfinished',
              changes: meaning.changes,
              failure: { kind: 'vendor_unknown', detail: 'by the wrong variant' },
            }
          : meaning;
      },
    }),
  }),
};
