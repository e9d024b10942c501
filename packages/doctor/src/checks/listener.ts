import { POSITION_PATH } from '@innkeeper/mongo-listener/position/position-document';
import { ListenerPosition } from '@innkeeper/mongo-listener/position/position-store';
import { LISTENER_HEARTBEAT_PATH, ListenerHeartbeat } from '@innkeeper/shared/contracts/chat-documents';
import * as z from 'zod';
import { ageMs, ago, describeSpan, MINUTE_MS } from '../asking/age.ts';
import { readDocument } from '../asking/read-document.ts';
import { VENDORS } from '../asking/vendors.ts';
import { swarmTasks } from '../asking/where-to-look.ts';
import type { Expected } from '../expected/expected.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';

/** The chat listener, by what it writes: it runs where nobody can ask it from outside. Judgements are pure. */

/** It moves its token with MongoDB’s own clock even while nobody writes; two minutes bear a change of its server. */
export const POSITION_AGE_MS_MAX = 2 * MINUTE_MS;
/** Rewritten every five seconds; llm-query leaves private rooms out after thirty. A minute is no passing hiccup. */
export const HEARTBEAT_AGE_MS_MAX = MINUTE_MS;

const LOOK = `On a manager of the Swarm: ${swarmTasks('mongo-listener')}, then docker service logs of the same.`;
const Heartbeat = z.object(ListenerHeartbeat.shape);

export function listenerChecks(world: World, { deployed }: Expected, now: Date): Check[] {
  const asked = VENDORS.google;
  return [
    check({
      id: 'listener/position',
      title: 'place in the stream',
      of: onceDeployed(deployed.swarm, 'swarm', world.ops),
      asked,
      read: store => readDocument(store, POSITION_PATH, ListenerPosition),
      judge: position => judgePosition(position, now),
    }),
    check({
      id: 'listener/heartbeat',
      title: 'heartbeat',
      of: onceDeployed(deployed.swarm, 'swarm', world.business),
      asked,
      read: store => readDocument(store, LISTENER_HEARTBEAT_PATH, Heartbeat),
      judge: heartbeat => judgeHeartbeat(heartbeat, now),
    }),
  ];
}

export function judgePosition(position: ListenerPosition | undefined, now: Date): Verdict {
  if (position === undefined) return unwell('now', 'it never began', LOOK);
  const { holder, leaseUntil, tokenAt, snapshot, healing } = position;
  if (holder === '') return unwell('now', 'nobody holds the lease', LOOK);
  if (ageMs(leaseUntil, now) > 0) return unwell('now', `${holder} lost the lease ${ago(leaseUntil, now)}`, LOOK);
  if (healing !== undefined) return well(`${holder} heals: ${healing.reason}`);
  if (snapshot !== undefined) return well(`${holder} reads everything for the first time`);
  if (tokenAt === undefined) return unwell('now', `${holder} has no place in the stream`, LOOK);
  return ageMs(tokenAt, now) <= POSITION_AGE_MS_MAX
    ? well(`${holder}, ${ago(tokenAt, now)}`)
    : unwell('now', `${holder} stands still since ${describeSpan(ageMs(tokenAt, now))}`, LOOK);
}

export function judgeHeartbeat(heartbeat: z.output<typeof Heartbeat> | undefined, now: Date): Verdict {
  if (heartbeat === undefined) return unwell('now', 'none was ever written', LOOK);
  const { state, at, caughtUpTo } = heartbeat;
  if (ageMs(at, now) > HEARTBEAT_AGE_MS_MAX)
    return unwell('now', `${state}, ${ago(at, now)}: answers leave private rooms out`, LOOK);
  if (caughtUpTo === undefined) return unwell('today', `${state}, has not caught up yet`, LOOK);
  return ageMs(caughtUpTo, now) <= HEARTBEAT_AGE_MS_MAX
    ? well(`${state}, ${ago(at, now)}`)
    : unwell('today', `${state}, but behind by ${describeSpan(ageMs(caughtUpTo, now))}`, LOOK);
}
