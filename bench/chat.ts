import { setTimeout as pause } from 'node:timers/promises';
import { BRUNO, FRONT_DESK, OLGA, OWNERS } from '@innkeeper/local-stack/demo/stage/cast';
import { sendJson } from '@innkeeper/local-stack/demo/stage/team-chat';
import * as z from 'zod';
import { atMost, type Bench, type Measure, milliseconds } from './bench.ts';
import { type FreshStack, onFreshStack } from './fresh-stack.ts';
import { p50, p95 } from './percentile.ts';

/** What is said, deleted or closed in the team chat, until the assistant has to go by it; through the whole stack. */
export const chat: Bench = {
  run: tell =>
    onFreshStack(tell, async stack => {
      const said: number[] = [];
      const edited: number[] = [];
      const deleted: number[] = [];
      for (let number = 0; number < MESSAGES; number += 1) {
        const id = await stack.chat.say(BRUNO, FRONT_DESK, `Basket ${number} is in the cellar`);
        said.push(await untilText(stack, id, text => text !== undefined));
        await stack.chat.reword(BRUNO, FRONT_DESK, id, `Basket ${number} is on the second floor`);
        edited.push(await untilText(stack, id, text => text?.includes('second floor') === true));
        await stack.chat.retract(BRUNO, FRONT_DESK, id);
        deleted.push(await untilText(stack, id, text => text === undefined));
      }
      tell(`${MESSAGES} messages said, edited and deleted`);
      const removed: number[] = [];
      const added: number[] = [];
      for (let number = 0; number < REMOVALS; number += 1) {
        await act(stack, 'kick');
        removed.push(await untilMember(stack, false));
        await act(stack, 'add');
        added.push(await untilMember(stack, true));
      }
      tell(`${REMOVALS} times removed from a private room and added again`);
      return {
        measures: [
          figure('said → searchable', said),
          figure('edited → only the new words are found', edited),
          ...withBudget('deleted → unanswerable', deleted, 5_000),
          ...withBudget('removed from a room → access lost', removed, 10_000),
          figure('added to a room → access', added),
        ],
        limitedBy:
          'the CPU of MongoDB’s and Google’s stand-ins and of vectorize, which share this machine; polled every 10 ms',
      };
    }),
};

const MESSAGES = 40;
const REMOVALS = 15;
const PATIENCE_MS = 30_000;
const POLL_MS = 10;

const figure = (what: string, values: readonly number[]): Measure => ({
  what,
  measured: `p50 ${milliseconds(p50(values))}, p95 ${milliseconds(p95(values))}`,
});

const withBudget = (what: string, values: readonly number[], limitMs: number): Measure[] => [
  figure(what, values),
  atMost(`${what}, p95`, p95(values), limitMs, milliseconds),
];

async function untilText(
  { index }: FreshStack,
  messageId: string,
  isWanted: (text: string | undefined) => boolean,
): Promise<number> {
  const waited = await index.waitForText(`chat-message:${messageId}`, isWanted, PATIENCE_MS);
  if (waited === undefined) throw new Error(`a message did not get there within ${PATIENCE_MS / 1000} s`);
  return waited;
}

/** Olga removes Bruno from the owners' room, or lets him in. */
const act = ({ file }: FreshStack, action: 'kick' | 'add'): Promise<void> => {
  const body = { roomId: OWNERS.id, userId: BRUNO.id };
  return sendJson(`${file.components.rocketchat.url}/_control/as/${OLGA.id}/${action}`, 'POST', body);
};

const Access = z.object({
  fields: z.object({
    rooms: z.object({
      mapValue: z.object({ fields: z.record(z.string(), z.object({ stringValue: z.string() })).default({}) }),
    }),
  }),
});

/** Until the document that questions are permitted by says so. */
async function untilMember({ file }: FreshStack, wanted: boolean): Promise<number> {
  const { host, projectId, database } = file.components.firestore;
  const url = `http://${host}/v1/projects/${projectId}/databases/${database}/documents/chatAccess/user:${BRUNO.id}`;
  const since = performance.now();
  while (performance.now() - since < PATIENCE_MS) {
    const response = await fetch(url, { headers: { authorization: 'Bearer owner' } });
    const rooms = Access.safeParse(await response.json()).data?.fields.rooms.mapValue.fields ?? {};
    if (Object.values(rooms).some(({ stringValue }) => stringValue === OWNERS.id) === wanted) {
      return performance.now() - since;
    }
    await pause(POLL_MS);
  }
  throw new Error(`the membership did not change within ${PATIENCE_MS / 1000} s`);
}
