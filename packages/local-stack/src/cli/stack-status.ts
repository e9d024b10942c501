import { Secret } from '@innkeeper/shared/config/secret';
import { createOperateClient } from '@innkeeper/shared/operate/operate-client';
import * as z from 'zod';
import { probe } from '../supervisor/health.ts';
import { runningSupervisor } from '../supervisor/process-table.ts';
import type { StackFile } from '../supervisor/stack-file.ts';
import type { StackHome } from '../supervisor/stack-home.ts';
import { type BackupStatus, readBackupStatus } from './backup-status.ts';
import { memoryOfGroup, memoryOfProcess } from './process-memory.ts';

/** How a stack is, asked from outside: every process, every place where work can wait. */
export interface StackStatus {
  readonly startedAt: string;
  /** Nothing is in flight anywhere: what was sent in has had all its effects. */
  readonly quiet: boolean;
  /** False when a process does not answer or work cannot be counted. */
  readonly well: boolean;
  readonly memoryMiB: number;
  readonly processes: readonly ProcessStatus[];
  /** How far the chat listener is behind what was written, in milliseconds; absent while it has not caught up once. */
  readonly chatLagMs: number | undefined;
  readonly backup: BackupStatus | undefined;
  /** Work by the place where it waits; `undefined` where it could not be counted. */
  readonly work: Readonly<Record<string, number | undefined>>;
}

export interface ProcessStatus {
  readonly name: string;
  readonly pid: number;
  readonly startedAt: string;
  readonly well: boolean;
  /** Of the whole process group; `undefined` for a name that shares the process of the one before it. */
  readonly memoryMiB: number | undefined;
}

export async function readStackStatus(stack: StackFile, home: StackHome): Promise<StackStatus> {
  const [parts, chat, backup] = await Promise.all([readProcesses(stack), readListener(stack), readBackupStatus(stack)]);
  const backups = backup === undefined ? undefined : Number(backup.live !== undefined);
  const work = { ...(await countWork(stack, chat)), 'backup runs': backups };
  const processes = [supervisorStatus(stack, home), ...parts];
  const counts = Object.values(work);
  return {
    startedAt: stack.startedAt,
    quiet: counts.every(count => count === 0),
    well: processes.every(({ well }) => well) && counts.every(count => count !== undefined),
    memoryMiB: processes.reduce((sum, { memoryMiB = 0 }) => sum + memoryMiB, 0),
    processes,
    chatLagMs: chat?.lag.wallMs,
    backup,
    work,
  };
}

/** It has no address of its own: it is well when the process that wrote `stack.json` still is the supervisor here. */
const supervisorStatus = ({ supervisorPid: pid, startedAt }: StackFile, home: StackHome): ProcessStatus => ({
  name: 'supervisor',
  pid,
  startedAt,
  well: runningSupervisor(home.processTable) === pid,
  memoryMiB: memoryOfProcess(pid),
});

function readProcesses({ processes }: StackFile): Promise<ProcessStatus[]> {
  return Promise.all(
    processes.map(async ({ name, pid, startedAt, health }, index) => ({
      name,
      pid,
      startedAt,
      well: (await probe([health])) === 'well',
      memoryMiB: processes[index - 1]?.pid === pid ? undefined : memoryOfGroup(pid),
    })),
  );
}

const ANSWER_MS_MAX = 5_000;

const QueueBacklogs = z.object({
  queues: z.record(z.string(), z.object({ due: z.int(), inFlight: z.int(), delayed: z.int() })),
});
const PendingEvents = z.object({ pending: z.record(z.string(), z.object({ waiting: z.int(), inFlight: z.int() })) });
const ChatWebhook = z.object({ inFlight: z.int() });
const QuestionWork = z.object({ questionsInWork: z.int() });
/** What of the listener's own `/status` is about work. */
const Listener = z.object({
  quiet: z.boolean(),
  lag: z.object({ wallMs: z.int().optional() }),
  inFlight: z.object({ count: z.int() }),
});
const PointCount = z.object({ result: z.object({ count: z.int() }) });

function readListener({ processes }: StackFile): Promise<z.infer<typeof Listener> | undefined> {
  const health = processes.find(({ name }) => name === 'mongo-listener')?.health ?? '';
  return ask(health.replace(/healthz$/u, 'status'), Listener);
}

async function countWork(
  stack: StackFile,
  chat: z.infer<typeof Listener> | undefined,
): Promise<Record<string, number | undefined>> {
  const control = (name: string): string => stack.processes.find(process => process.name === name)?.control ?? '';
  const { rocketchat } = stack.components;
  const { rocketchatQuestion } = stack.endpoints;
  // Along the way that work takes, so that nothing slips from a place not asked yet into one that was.
  const queues = await ask(`${control('guesty-webhook')}/queues`, QueueBacklogs);
  const hydration = await countHydration(stack);
  const [events, webhook, questions, vectors] = await Promise.all([
    ask(`${control('gateway')}/pending`, PendingEvents),
    rocketchat.standIn ? ask(`${rocketchat.url}/_control/webhook`, ChatWebhook) : undefined,
    ask(new URL('/status', rocketchatQuestion.url).href, QuestionWork, {
      authorization: `Bearer ${rocketchatQuestion.token}`,
    }),
    countPointsWithoutVector(stack),
  ]);
  return {
    ...(queues === undefined ? { queues: undefined } : mapValues(queues.queues, q => q.due + q.inFlight + q.delayed)),
    ...hydration,
    ...(events === undefined ? { events: undefined } : mapValues(events.pending, e => e.waiting + e.inFlight)),
    ...(rocketchat.standIn ? { 'chat webhooks': webhook?.inFlight } : {}),
    // A scan or a reconnection has something to do even while nothing is on its way.
    'chat changes': chat === undefined || chat.quiet ? chat?.inFlight.count : Math.max(1, chat.inFlight.count),
    questions: questions?.questionsInWork,
    'points awaiting vectors': vectors,
  };
}

/** Things marked to be read from a vendor, and walks over its lists. */
async function countHydration(stack: StackFile): Promise<Record<string, number | undefined>> {
  const { guesty, aircall, token } = stack.endpoints.operate;
  const counted = await Promise.all(
    Object.entries({ guesty, aircall }).map(async ([vendor, url]) => {
      const worker = createOperateClient({
        origin: new URL(url).origin,
        token: new Secret(token),
        fetch: (...call) => fetch(...call),
        timeoutMs: ANSWER_MS_MAX,
      });
      const state = await worker.state();
      if (!state.ok) return [[`${vendor} reads`, undefined] as const]; // Shown as work that cannot be counted.
      const { backlog, unsent, jobs } = state.value;
      return [
        [`${vendor} reads`, backlog.byLane.live + backlog.byLane.backfill],
        [`${vendor} read jobs`, jobs.filter(job => job.state === 'running').length],
        [`${vendor} unsent`, unsent],
      ] as const;
    }),
  );
  return Object.fromEntries(counted.flat());
}

/** Searchable by filter and words already; they get their dense vector when the embedder is back. */
async function countPointsWithoutVector(stack: StackFile): Promise<number | undefined> {
  const { url, apiKey, alias } = stack.components.qdrant;
  const headers = { 'api-key': apiKey, 'content-type': 'application/json' };
  const filter = { must_not: [{ has_vector: 'dense' }] };
  const body = JSON.stringify({ filter, exact: true });
  try {
    const response = await fetch(`${url}/collections/${alias}/points/count`, { method: 'POST', headers, body });
    const answer: unknown = await response.json();
    // The collection appears with the first document.
    return response.status === 404 ? 0 : PointCount.parse(answer).result.count;
  } catch {
    return undefined;
  }
}

async function ask<T>(
  url: string,
  schema: z.ZodType<T>,
  headers: Readonly<Record<string, string>> = {},
): Promise<T | undefined> {
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(ANSWER_MS_MAX) });
    return schema.parse(await response.json());
  } catch {
    return undefined; // Shown as work that cannot be counted.
  }
}

const mapValues = <T>(values: Readonly<Record<string, T>>, count: (value: T) => number): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, count(value)]));
