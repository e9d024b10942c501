import type { Disturbance } from '../chronicle.ts';
import type { World } from '../world.ts';
import { type Flaw, MINUTE_MS } from './flaw.ts';
import { judgedSweeps } from './sweeps.ts';

/** Servers that were left over, doubled, or said to be gone while they were not. */
export interface ServerVerdict {
  readonly leaked: readonly Flaw[];
  readonly doubled: readonly Flaw[];
  readonly wronglyGone: readonly Flaw[];
  /** Past its deadline, while deleting was refused or nobody could sweep: how often, and the longest. */
  readonly hindered: number;
  readonly longestPastDeadlineMs: number;
}

const GRACE_MS = 15 * MINUTE_MS;
/** What keeps a sweep from finding a server or deleting it. */
const HINDRANCES: readonly Disturbance[] = ['list', 'delete', 'store_read', 'store_commit', 'killed'];

export function judgeServers({ servers, chronicle, time }: World): ServerVerdict {
  const sweeps = judgedSweeps(chronicle.sweeps);
  const leaked: Flaw[] = [];
  const doubled: Flaw[] = [];
  const wronglyGone: Flaw[] = [];
  let hindered = 0;
  let longestPastDeadlineMs = 0;

  for (const { server, createdAtMs, deletedAtMs = time.now() } of servers.history) {
    // Without a label, whoever left it there left it from the beginning.
    const deadlineMs = Math.max(server.expires?.getTime() ?? createdAtMs, createdAtMs);
    const pastMs = deletedAtMs - deadlineMs;
    longestPastDeadlineMs = Math.max(longestPastDeadlineMs, pastMs);
    if (pastMs <= GRACE_MS) continue;
    // It may be as young as its order is on its way: five minutes are given to that.
    const couldHaveMs = sweeps.firstUnhinderedEnd(Math.max(deadlineMs, createdAtMs + 5 * MINUTE_MS), HINDRANCES);
    if (deletedAtMs > couldHaveMs + MINUTE_MS) {
      leaked.push({
        atMs: deadlineMs + GRACE_MS,
        text: `server ${server.id} (${server.name}) outlived its deadline by ${Math.round(pastMs / MINUTE_MS)} min`,
      });
    } else hindered += 1;
  }

  for (const { server, createdAtMs, deletedAtMs = Number.POSITIVE_INFINITY } of servers.history) {
    const { runId, id } = server;
    if (runId === undefined) continue;
    const others = servers.history.filter(other => other.server.runId === runId && other.server.id !== id);
    const beside = others.find(
      other => other.createdAtMs <= createdAtMs && (other.deletedAtMs ?? Infinity) > createdAtMs,
    );
    if (beside !== undefined) {
      doubled.push({ atMs: createdAtMs, text: `${runId} has two servers: ${beside.server.id} and ${id}` });
    }
    const goneSaidAtMs = chronicle.runs.get(runId)?.goneSaidAtMs ?? Number.NEGATIVE_INFINITY;
    if (createdAtMs <= goneSaidAtMs && deletedAtMs > goneSaidAtMs) {
      wronglyGone.push({ atMs: goneSaidAtMs, text: `${runId} says that server ${id} is gone, and it was still there` });
    }
  }
  return {
    leaked,
    doubled,
    wronglyGone,
    hindered,
    longestPastDeadlineMs,
  };
}
