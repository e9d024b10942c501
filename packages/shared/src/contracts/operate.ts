import * as z from 'zod/mini';
import { JobPurpose, ReadJob } from './read-job.ts';
import { SubscriptionState } from './subscription-state.ts';

/**
 * What an operator may ask of a webhook Worker: `POST /operate/<call>`, JSON both ways, `Authorization: Bearer` one of the
 * Worker's `OPERATOR_TOKENS`. Every call is logged with its name and outcome, never with its content.
 */
export const operateCalls = {
  /** How the Worker stands. */
  state: {
    request: z.object({}),
    response: z.object({
      v: z.literal(1),
      backlog: z.object({
        byLane: z.object({ live: z.int(), backfill: z.int() }),
        bySubject: z.record(z.string(), z.int()),
        oldestMs: z.number(),
        failing: z.int(),
      }),
      limits: z.object({
        /** Calls that may begin now by our own count, by window; what the vendor said last, where it did. */
        windows: z.array(z.object({ name: z.string(), left: z.int(), max: z.int(), observed: z.optional(z.int()) })),
        /** ms until the next call may begin; 0 for now. */
        waitMs: z.number(),
      }),
      /** Absent where the vendor has no tokens. */
      token: z.optional(z.object({ expiresAt: z.optional(z.iso.datetime()), attemptsLeft: z.int() })),
      /** Deliveries that wait in the bucket for the queue. */
      unsent: z.int(),
      jobs: z.array(ReadJob),
      subscription: SubscriptionState,
    }),
  },
  'start-jobs': {
    /** Without resources: all that the purpose has. Starting what already runs answers with the running job. */
    request: z.object({
      purpose: JobPurpose,
      resources: z.optional(z.array(z.string())),
      from: z.optional(z.iso.datetime()),
      to: z.optional(z.iso.datetime()),
      /** Counts what would be sent, sends nothing. */
      dryRun: z._default(z.boolean(), false),
    }),
    response: z.object({ jobs: z.array(ReadJob) }),
  },
  'cancel-job': { request: z.object({ jobId: z.string() }), response: z.object({ job: ReadJob }) },
  /** Puts stored events on the queue again, under their own ids. */
  replay: {
    request: z.object({
      replayId: z.string().check(z.minLength(1), z.maxLength(100)),
      eventIds: z.array(z.string().check(z.minLength(1))).check(z.minLength(1), z.maxLength(100)),
    }),
    response: z.object({
      events: z.array(
        z.object({ eventId: z.string(), outcome: z.enum(['sent', 'unknown', 'payload_gone', 'not_ours']) }),
      ),
    }),
  },
  /** Reads things again from the vendor, as if a webhook had told of them. */
  mark: {
    request: z.object({
      marks: z
        .array(
          z.object({
            subject: z.string().check(z.minLength(1), z.maxLength(100)),
            id: z.string().check(z.minLength(1), z.maxLength(256)),
          }),
        )
        .check(z.minLength(1), z.maxLength(100)),
    }),
    response: z.object({ marked: z.int() }),
  },
  /** A token for the vendor's API from the one that everybody shares; refused where the vendor has none. */
  token: {
    request: z.object({}),
    response: z.object({ token: z.string(), expiresAt: z.iso.datetime() }),
  },
  subscription: {
    request: z.object({ action: z.enum(['list', 'register', 'verify', 'rotate', 'disable']) }),
    response: z.object({ state: SubscriptionState }),
  },
} as const;
export type OperateCall = keyof typeof operateCalls;
export type OperateRequest<C extends OperateCall> = z.output<(typeof operateCalls)[C]['request']>;
export type OperateResponse<C extends OperateCall> = z.output<(typeof operateCalls)[C]['response']>;

/** Body of every answer that is not 2xx. */
export const OperateProblem = z.object({ error: z.object({ reason: z.string(), detail: z.string() }) });
export type OperateProblem = z.infer<typeof OperateProblem>;
