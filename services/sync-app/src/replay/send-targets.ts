import { parkedPath } from '@innkeeper/shared/ingest/event-document';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import type { DocumentPath, DocumentStore, Timestamp } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Workers } from '../connect/connect-workers.ts';
import type { ChatTopic } from './chat-topic.ts';
import { chunks } from './chunks.ts';
import { type ChatMessageToPublish, republishChange, republishMessage } from './republish-chat.ts';
import type { Target, Way } from './target.ts';

/**
 * Sends targets the way each has to go, in batches. One that cannot be sent keeps none of the others. I/O: the Workers,
 * Firestore, Pub/Sub.
 */
export interface SendPorts {
  readonly workers: Workers;
  readonly business: DocumentStore;
  readonly chat: ChatTopic;
  readonly now: () => Date;
}

export type SendOutcome =
  /** `parkedBefore`: update time of what was parked, by which a second parking is told from the first. */
  | { readonly kind: 'sent'; readonly parkedBefore: Timestamp | undefined }
  | { readonly kind: 'not_sent'; readonly why: string };

/** The contract's own bound for one call. */
const BATCH_MAX = 100;

export async function sendTargets(
  ports: SendPorts,
  replayId: string,
  targets: readonly Target[],
  options: { readonly interrupted: AbortSignal; readonly sent: (count: number) => void },
): Promise<ReadonlyMap<Target, SendOutcome>> {
  const outcomes = new Map<Target, SendOutcome>();
  for (const alike of groups(targets)) {
    for (const batch of chunks(alike, BATCH_MAX)) {
      const answered = options.interrupted.aborted
        ? notSent(batch, 'interrupted before its turn')
        : await sendBatch(ports, replayId, batch);
      for (const [index, target] of batch.entries()) {
        const outcome = answered[index];
        if (outcome !== undefined) outcomes.set(target, outcome);
      }
      options.sent(batch.length);
    }
  }
  return outcomes;
}

/** Together in one call goes what has the same way to the same Worker; each group stays in order. */
function groups(targets: readonly Target[]): readonly (readonly Target[])[] {
  const byWay = Map.groupBy(targets, ({ way }) => `${way.by} ${'vendor' in way ? way.vendor : ''}`);
  return [...byWay.values()];
}

/** What to look at before and after: where a second failure would show. */
export const parkedPathOf = (target: Target): DocumentPath | undefined => {
  const { way } = target;
  if (way.by === 'none') return undefined;
  return way.by === 'queue' ? parkedPath(way.vendor, way.eventId) : way.parked;
};

async function sendBatch(
  ports: SendPorts,
  replayId: string,
  batch: readonly Target[],
): Promise<readonly SendOutcome[]> {
  const paths = batch.map(target => parkedPathOf(target));
  const known = paths.filter(path => path !== undefined);
  const before = await ports.business.getAll(known);
  if (!before.ok) return notSent(batch, `Firestore cannot be read (${before.error.kind})`);
  const times = new Map(known.map((path, index) => [path, before.value[index]?.updateTime]));
  const answers = await deliver(ports, replayId, batch);
  return batch.map((_target, index): SendOutcome => {
    const path = paths[index];
    const answer = answers[index] ?? err('it was left out');
    if (!answer.ok) return { kind: 'not_sent', why: answer.error };
    return { kind: 'sent', parkedBefore: path === undefined ? undefined : times.get(path) };
  });
}

const notSent = (batch: readonly Target[], why: string): readonly SendOutcome[] =>
  batch.map(() => ({ kind: 'not_sent', why }));

type Delivered = Result<void, string>;
type Going<By extends Way['by']> = Extract<Way, { by: By }>;

/** The batch has one way; each branch answers for all of it, in its order. */
async function deliver(ports: SendPorts, replayId: string, batch: readonly Target[]): Promise<readonly Delivered[]> {
  const ways = batch.map(({ way }) => way);
  const [first] = ways;
  switch (first?.by) {
    case 'queue':
      return replay(ports, replayId, only(ways, 'queue'));
    case 'mark':
      return mark(ports, only(ways, 'mark'));
    case 'chat-change':
      return publishKept(ports, only(ways, 'chat-change'));
    case 'chat-message':
      return publishMessages(ports, only(ways, 'chat-message'));
    case 'touch':
      return Promise.all(only(ways, 'touch').map(way => touch(ports, way)));
    case 'none':
      return only(ways, 'none').map(({ why }) => err(why));
    case undefined:
      return [];
  }
}

const only = <By extends Way['by']>(ways: readonly Way[], by: By): readonly Going<By>[] =>
  ways.filter((way): way is Going<By> => way.by === by);

async function replay(
  { workers }: SendPorts,
  replayId: string,
  ways: readonly Going<'queue'>[],
): Promise<readonly Delivered[]> {
  const vendor = ways[0]?.vendor;
  if (vendor === undefined) return [];
  const answer = await workers[vendor].replay({ replayId, eventIds: ways.map(way => way.eventId) });
  if (!answer.ok) return ways.map(() => err(sentence(answer.error)));
  const outcomes = new Map(answer.value.events.map(({ eventId, outcome }) => [eventId, outcome]));
  return ways.map(({ eventId }) => {
    const outcome = outcomes.get(eventId);
    return outcome === 'sent' ? ok(undefined) : err(WHY_NOT[outcome ?? 'unknown']);
  });
}

const WHY_NOT = {
  unknown: 'the Worker finds no such event',
  payload_gone: 'its payload is no longer kept',
  not_ours: 'it is another Worker’s event',
} as const;

async function mark({ workers }: SendPorts, ways: readonly Going<'mark'>[]): Promise<readonly Delivered[]> {
  const vendor = ways[0]?.vendor;
  if (vendor === undefined) return [];
  const answer = await workers[vendor].mark({ marks: ways.map(({ subject, id }) => ({ subject, id })) });
  return ways.map(() => (answer.ok ? ok(undefined) : err(sentence(answer.error))));
}

async function publishKept(ports: SendPorts, ways: readonly Going<'chat-change'>[]): Promise<readonly Delivered[]> {
  const events = await ports.business.getAll(ways.map((way): DocumentPath => `events/rocketchat-${way.messageId}`));
  if (!events.ok) return ways.map(() => err(`Firestore cannot be read (${events.error.kind})`));
  return inTurn(ports.chat, ways, (way, index) => republishChange(events.value[index], way.messageId));
}

async function publishMessages(
  ports: SendPorts,
  ways: readonly Going<'chat-message'>[],
): Promise<readonly Delivered[]> {
  const messages = await ports.business.getAll(ways.map(way => way.document));
  if (!messages.ok) return ways.map(() => err(`Firestore cannot be read (${messages.error.kind})`));
  return inTurn(ports.chat, ways, (_way, index) => republishMessage(messages.value[index]));
}

function inTurn<W>(
  chat: ChatTopic,
  ways: readonly W[],
  toMessage: (way: W, index: number) => Result<ChatMessageToPublish, string>,
): Promise<readonly Delivered[]> {
  return Promise.all(
    ways.map(async (way, index) => {
      const message = toMessage(way, index);
      return message.ok ? chat.publish(message.value.change, message.value.attributes) : message;
    }),
  );
}

/**
 * Any effective write brings a document's trigger. This field is in no contract: readers pass over it, and the next
 * writer of the document leaves it out.
 */
const TOUCHED_FIELD = 'touchedAt';

async function touch({ business, now }: SendPorts, { document }: Going<'touch'>): Promise<Delivered> {
  const touched = await business.commit([
    {
      op: 'merge',
      path: document,
      fields: { [TOUCHED_FIELD]: now().toISOString() },
      precondition: { exists: true },
    },
  ]);
  if (touched.ok) return ok(undefined);
  const why =
    touched.error.kind === 'precondition_failed' ? 'the document is gone' : `Firestore: ${touched.error.kind}`;
  return err(why);
}

const sentence = ({ detail, nextStep }: OperateError): string => `${detail} ${nextStep}`;
