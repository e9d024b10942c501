import { setTimeout as delay } from 'node:timers/promises';
import { readStackStatus } from '../cli/stack-status.ts';
import type { Dice } from '../demo/world/dice.ts';
import type { World } from '../demo/world/world.ts';
import type { StackFile } from '../supervisor/stack-file.ts';
import type { RunningStack } from '../supervisor/start-stack.ts';
import { type Asker, buildLoad, type Talk } from './build-load.ts';
import { type Damage, findDamage } from './find-damage.ts';
import { killProcesses } from './kill-processes.ts';
import { readEffects } from './read-effects.ts';
import { sendUntilAccepted } from './send-until-accepted.ts';
import { talkUntilKept } from './talk-until-kept.ts';

/**
 * Kills every process but the emulators in the middle of a burst of webhooks, waits until the stack has healed and
 * worked everything off, and compares what is there with what was accepted. Again and again, in one stack.
 */
export interface RoundsOptions {
  readonly stack: RunningStack;
  readonly world: World;
  readonly rounds: number;
  readonly dice: Dice;
  readonly tell: (line: string) => void;
}

const QUIET_MS_MAX = 120_000;
const POLL_MS = 250;
/** Work moves from place to place; only two quiet looks in a row mean that there is none. */
const QUIET_LOOKS = 2;

export async function runRounds({ stack, world, rounds, dice, tell }: RoundsOptions): Promise<Damage> {
  const asker = await enterChat(stack.stack(), world.at);
  const records: string[] = [];
  const questions: string[] = [];
  const talks: Talk[] = [];
  let deliveries = 0;
  let damage: Damage = { lost: [], doubled: [] };
  for (let round = 1; round <= rounds; round += 1) {
    const { aircallWebhook } = stack.stack().endpoints;
    const load = buildLoad({ world, round, dice, aircallToken: aircallWebhook.token, asker });
    await fillGuesty(stack.stack().components.guesty.url, load.reservations);

    const killAt = Math.floor((load.deliveries.length * dice.between(20, 80)) / 100);
    const since = performance.now();
    let hit = 0;
    await Promise.all([
      sendUntilAccepted(stack.stack().endpoints, load.deliveries, accepted => {
        if (accepted === killAt) hit = killProcesses(stack.stack(), { wholeGroups: round % 2 === 0 });
      }),
      talkUntilKept(stack.stack().components.rocketchat, TALKER, load.talks),
    ]);
    const acceptedAfterMs = performance.now() - since;
    records.push(...load.records);
    questions.push(...load.questions);
    talks.push(...load.talks);
    deliveries += load.events;

    await untilQuiet(stack);
    damage = findDamage({ records, deliveries, questions, talks }, await readEffects(stack.stack(), questions));
    const seconds = ((performance.now() - since) / 1000).toFixed(1);
    tell(
      `round ${round}: ${load.deliveries.length} webhooks and ${load.talks.length} chat messages, ${hit} processes killed after ${killAt}; all accepted after ` +
        `${(acceptedAfterMs / 1000).toFixed(1)} s, all settled after ${seconds} s; ` +
        `${damage.lost.length} lost, ${damage.doubled.length} doubled`,
    );
    if (damage.lost.length + damage.doubled.length > 0) break;
  }
  return damage;
}

/** Rejects, with where work is left, when the stack does not come to rest. */
async function untilQuiet(stack: RunningStack): Promise<void> {
  const deadline = performance.now() + QUIET_MS_MAX;
  let looks = 0;
  let last = '';
  while (performance.now() < deadline) {
    const status = await readStackStatus(stack.stack(), stack.home);
    looks = status.quiet && status.well ? looks + 1 : 0;
    if (looks === QUIET_LOOKS) return;
    const ill = status.processes.filter(({ well }) => !well).map(({ name }) => name);
    last = JSON.stringify({ ill, work: status.work });
    await delay(POLL_MS);
  }
  throw new Error(`the stack did not come to rest within ${QUIET_MS_MAX / 1000} s: ${last}`);
}

async function fillGuesty(url: string, reservations: readonly { id: string; document: object }[]): Promise<void> {
  const origin = new URL(url).origin;
  for (const { id, document } of reservations) {
    const body = JSON.stringify(document);
    const response = await fetch(`${origin}/_control/reservations/${id}`, { method: 'PUT', body });
    if (!response.ok) throw new Error(`Guesty's stand-in refused a reservation: ${await response.text()}`);
  }
}

const PERSON = { id: 'kIlLtEsT000000001', username: 'frida', name: 'Frida', authToken: 'personal-token-of-frida' };
const ROOM = { id: 'kIlLtEsT000000002', name: 'front-desk' };
const TALKER = { id: PERSON.id, authToken: PERSON.authToken, roomId: ROOM.id };

/** Somebody in a channel with the bot. */
async function enterChat({ components, endpoints }: StackFile, at: Date): Promise<Asker> {
  const { botUserId, botUsername, token } = endpoints.rocketchatQuestion;
  const put = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${components.rocketchat.url}/_control/${path}`, {
      method: 'PUT',
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`Rocket.Chat's stand-in refused ${path}: ${await response.text()}`);
  };
  await put(`users/${PERSON.id}`, PERSON);
  await put(`rooms/${ROOM.id}`, { t: 'c', name: ROOM.name, memberIds: [PERSON.id, botUserId] });
  const { id: userId, username } = PERSON;
  return { token, botUsername, userId, username, roomId: ROOM.id, roomName: ROOM.name, at };
}
