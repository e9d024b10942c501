import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod/mini';

/**
 * The border: what the platform tells of one invocation, parsed to what may be forwarded. Addresses, headers and bodies
 * of requests are not read, but for the id that Cloudflare gives each request. Pure.
 */
export interface Invocation {
  /** Name of the script; the local runtime tells none. */
  readonly script: string | undefined;
  /** What was deployed: the tag of its version, else its id. */
  readonly version: string | undefined;
  /** The class, where a Durable Object or a named entrypoint was called. */
  readonly entrypoint: string | undefined;
  /** What began it: `fetch`, `queue guesty-deliveries`, `cron 17 2 * * *`, `rpc issuedToken`, `alarm`. */
  readonly trigger: string;
  readonly outcome: string;
  readonly atMs: number;
  /** Whether the platform left lines out, because there were too many. */
  readonly truncated: boolean;
  readonly lines: readonly ConsoleLine[];
  readonly exceptions: readonly UncaughtException[];
  /** Tells this invocation from every other, and is the same when it is told again; only to be hashed. */
  readonly identity: string;
}

export interface ConsoleLine {
  readonly atMs: number;
  /** `log`, `warn`, `error` and so on. */
  readonly level: string;
  /** What was given to the console; of an error its kind alone. */
  readonly parts: readonly unknown[];
}

export interface UncaughtException {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
}

const maybeText = z.nullish(z.string());

const Trigger = z.object({
  request: z.optional(z.object({ headers: z.optional(z.object({ 'cf-ray': z.optional(z.string()) })) })),
  rpcMethod: z.optional(z.string()),
  queue: z.optional(z.string()),
  cron: z.optional(z.string()),
  scheduledTime: z.optional(z.union([z.date(), z.number(), z.string()])),
  consumedEvents: z.optional(z.array(z.unknown())),
});
type Trigger = z.infer<typeof Trigger>;

const TraceItem = z.object({
  scriptName: maybeText,
  scriptVersion: z.nullish(z.object({ id: z.optional(z.string()), tag: z.optional(z.string()) })),
  entrypoint: maybeText,
  durableObjectId: maybeText,
  eventTimestamp: z.nullish(z.number()),
  outcome: z.string(),
  truncated: z.nullish(z.boolean()),
  cpuTime: z.nullish(z.number()),
  wallTime: z.nullish(z.number()),
  event: z.nullish(Trigger),
  logs: z.array(
    z.object({
      timestamp: z.number(),
      level: z.string(),
      message: z.unknown(),
      errorInfo: z.nullish(z.array(z.nullish(z.object({ name: z.string() })))),
    }),
  ),
  exceptions: z.array(
    z.object({ timestamp: z.number(), name: z.string(), message: z.string(), stack: z.optional(z.string()) }),
  ),
});

/** `problem` names the field that is not as documented. An invocation of a Tail Worker is none of ours: `undefined`. */
export function readInvocation(item: unknown): Result<Invocation | undefined, { readonly problem: string }> {
  const parsed = TraceItem.safeParse(item);
  if (!parsed.success) return err({ problem: parsed.error.issues[0]?.path.join('.') ?? '' });
  const { scriptName, entrypoint, event, logs, exceptions, ...facts } = parsed.data;
  if (event?.consumedEvents !== undefined) return ok(undefined);
  const trigger = describeTrigger(event ?? {});
  return ok({
    script: scriptName ?? undefined,
    version: facts.scriptVersion?.tag ?? facts.scriptVersion?.id,
    entrypoint: entrypoint ?? undefined,
    trigger,
    outcome: facts.outcome,
    atMs: facts.eventTimestamp ?? exceptions[0]?.timestamp ?? logs[0]?.timestamp ?? 0,
    truncated: facts.truncated === true,
    lines: logs.map(({ timestamp, level, message, errorInfo }) => {
      const parts: unknown[] = Array.isArray(message) ? message : [message];
      return { atMs: timestamp, level, parts: parts.map((part, index) => errorInfo?.[index]?.name ?? part) };
    }),
    exceptions: exceptions.map(({ name, message, stack }) => ({ name, message, stack })),
    identity: JSON.stringify([
      scriptName,
      entrypoint,
      trigger,
      event?.request?.headers?.['cf-ray'],
      event?.scheduledTime,
      facts,
      logs,
      exceptions,
    ]),
  });
}

function describeTrigger({ request, rpcMethod, queue, cron, scheduledTime }: Trigger): string {
  if (request !== undefined) return 'fetch';
  if (rpcMethod !== undefined) return `rpc ${rpcMethod}`;
  if (queue !== undefined) return `queue ${queue}`;
  if (cron !== undefined) return `cron ${cron}`;
  return scheduledTime === undefined ? 'other' : 'alarm';
}
