import { answerMessageId } from '@innkeeper/llm-query/answer-message-id';
import { VENDOR_READ_EVENT } from '@innkeeper/shared/contracts/vendor-read';
import * as z from 'zod';
import { toMicros } from '../events/missed-changes.ts';
import type { StackFile } from '../supervisor/stack-file.ts';

/** What the stack has made of everything it was sent, read from outside: Firestore over REST, Qdrant over HTTP. */
export interface Effects {
  /** Webhooks; what the product read from the vendors' lists by itself is not counted. */
  readonly events: number;
  readonly parked: number;
  /** Key of a record or an interaction to the version of its document, in microseconds. */
  readonly documents: ReadonlyMap<string, bigint>;
  /** Chat message to its text as stored; no text where it is a tombstone. */
  readonly talks: ReadonlyMap<string, { readonly text: string | undefined }>;
  /** The same key to the number of its points, as the bookkeeping says. */
  readonly expectedPoints: ReadonlyMap<string, number>;
  readonly points: ReadonlyMap<string, readonly Point[]>;
  /** Question to what the bot has posted in its thread. */
  readonly answers: ReadonlyMap<string, readonly Posted[]>;
}

/** An answer's messages have ids derived from the question: any other one was posted a second time. */
export type Posted = 'first part' | 'further part' | 'not derived';

export interface Point {
  readonly id: string;
  readonly srcVersion: bigint;
  readonly chunk: number;
  readonly dense: boolean;
}

const PAGE_SIZE = 300;
const Page = z.object({
  documents: z
    .array(
      z.object({ name: z.string(), updateTime: z.string(), fields: z.record(z.string(), z.unknown()).default({}) }),
    )
    .default([]),
  nextPageToken: z.string().optional(),
});
const Thread = z.object({ messages: z.array(z.object({ _id: z.string(), u: z.object({ _id: z.string() }) })) });
const Text = z.object({ stringValue: z.string() });
const Whole = z.object({ integerValue: z.string() });
const ScrollPage = z.object({
  result: z.object({
    points: z.array(
      z.object({
        id: z.union([z.string(), z.int()]),
        payload: z.object({ docKey: z.string(), srcVersion: z.int(), chunk: z.int(), dense: z.boolean() }),
      }),
    ),
    next_page_offset: z.union([z.string(), z.int()]).nullish(),
  }),
});

export async function readEffects(stack: StackFile, questions: readonly string[]): Promise<Effects> {
  const [events, parked, records, interactions, messages, indexState, points, answers] = await Promise.all([
    listDocuments(stack, 'events', 'event'),
    listDocuments(stack, 'parked'),
    listDocuments(stack, 'records'),
    listDocuments(stack, 'interactions'),
    listDocuments(stack, 'chatMessages', 'text'),
    listDocuments(stack, 'indexState', 'chunks'),
    scrollPoints(stack),
    Promise.all(questions.map(async question => [question, await readAnswer(stack, question)] as const)),
  ]);
  return {
    events: events.filter(({ fields }) => Text.parse(fields['event']).stringValue !== VENDOR_READ_EVENT).length,
    parked: parked.length,
    documents: new Map([
      ...records.map(({ id, updateTime }) => [id, toMicros(updateTime)] as const),
      ...messages.map(({ id, updateTime }) => [`chat-message:${id}`, toMicros(updateTime)] as const),
      ...interactions.map(({ id, updateTime }) => [`interaction:${id}`, toMicros(updateTime)] as const),
    ]),
    talks: new Map(messages.map(({ id, fields }) => [id, { text: Text.safeParse(fields['text']).data?.stringValue }])),
    expectedPoints: new Map(
      indexState.map(({ id, fields }) => [id, Number(Whole.parse(fields['chunks']).integerValue)]),
    ),
    points,
    answers: new Map(answers),
  };
}

async function listDocuments({ components }: StackFile, collection: string, field = '__name__') {
  const { host, projectId, database } = components.firestore;
  const root = `http://${host}/v1/projects/${projectId}/databases/${database}/documents/${collection}`;
  const found: { id: string; updateTime: string; fields: Record<string, unknown> }[] = [];
  let pageToken = '';
  do {
    const query = new URLSearchParams({ pageSize: String(PAGE_SIZE), 'mask.fieldPaths': field, pageToken });
    const response = await fetch(`${root}?${query.toString()}`, { headers: { authorization: 'Bearer owner' } });
    const page = Page.parse(await response.json());
    for (const { name, updateTime, fields } of page.documents) {
      found.push({ id: name.slice(name.lastIndexOf('/') + 1), updateTime, fields });
    }
    pageToken = page.nextPageToken ?? '';
  } while (pageToken !== '');
  return found;
}

/** More than any answer to a question of the load has. */
const PARTS_MAX = 5;

async function readAnswer({ components }: StackFile, question: string): Promise<Posted[]> {
  const { url, userId, authToken } = components.rocketchat;
  const response = await fetch(`${url}/api/v1/chat.getThreadMessages?tmid=${question}`, {
    headers: { 'x-user-id': userId, 'x-auth-token': authToken },
  });
  const { messages } = Thread.parse(await response.json());
  const derived = await Promise.all(Array.from({ length: PARTS_MAX }, (_, part) => answerMessageId(question, part)));
  return messages
    .filter(message => message.u._id === userId)
    .map(message => {
      const part = derived.indexOf(message._id);
      if (part === -1) return 'not derived';
      return part === 0 ? 'first part' : 'further part';
    });
}

async function scrollPoints({ components }: StackFile): Promise<Map<string, Point[]>> {
  const { url, apiKey, alias } = components.qdrant;
  const byDocument = new Map<string, Point[]>();
  let offset: string | number | undefined;
  do {
    const response = await fetch(`${url}/collections/${alias}/points/scroll`, {
      method: 'POST',
      headers: { 'api-key': apiKey, 'content-type': 'application/json' },
      body: JSON.stringify({ limit: PAGE_SIZE, with_payload: true, ...(offset === undefined ? {} : { offset }) }),
    });
    const { result } = ScrollPage.parse(await response.json());
    for (const { id, payload } of result.points) {
      const points = byDocument.get(payload.docKey) ?? [];
      points.push({ ...payload, id: String(id), srcVersion: BigInt(payload.srcVersion) });
      byDocument.set(payload.docKey, points);
    }
    offset = result.next_page_offset ?? undefined;
  } while (offset !== undefined);
  return byDocument;
}
