import type { JsonReply } from '@innkeeper/shared/adapters/http/exchange-json';
import { SIGNATURE_HEADER } from '@innkeeper/shared/backup/sign-request';
import {
  BeginReply,
  ExchangeRefusal,
  type ExchangeRequest,
  RetentionReply,
} from '@innkeeper/shared/contracts/backup/exchange';
import type { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import { RUNNER_PROTOCOL } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { StepFailure, StepResult } from '../run/step.ts';
import { type Line, type PostError, postUntilAnswered } from './post-until-answered.ts';
import type { RunKey } from './run-key.ts';

/** How the server gets what it must not be born with. Both questions may be asked again: the answer is the same. */
export interface ExchangeClient {
  /** Brings the one-time token and the new key; answers with everything the run needs. */
  begin(signal: AbortSignal): StepResult<BegunRun>;
  /** The credential that may forget. `not_ready` until the function has heard that the backup is done. */
  retention(signal: AbortSignal): StepResult<RetentionReply>;
}

export interface BegunRun {
  readonly order: BeginReply;
  /** Until the deadline, by the clock of the function that set it. */
  readonly remainingMs: number;
}

export interface ExchangeOptions {
  readonly line: Line;
  readonly instructions: RunInstructions;
  readonly key: RunKey;
  readonly runnerVersion: string;
}

/** From power-on; the function gives a server up that has not spoken for as long. */
const BOOT_MS_MAX = 12 * 60_000;
const RETENTION_MS_MAX = 5 * 60_000; // of the 30 minutes that the step has

export function exchangeClient({ line, instructions, key, runnerVersion }: ExchangeOptions): ExchangeClient {
  const { runId, exchangeUrl: url } = instructions;
  return {
    async begin(signal) {
      const body: ExchangeRequest = {
        v: 1,
        kind: 'begin',
        runId,
        token: instructions.token,
        publicKey: key.publicKey,
        runner: { version: runnerVersion, protocol: RUNNER_PROTOCOL },
      };
      const reply = await postUntilAnswered(line, {
        url,
        headers: {},
        body,
        judge: answer => understood(BeginReply, answer, order => order.runId === runId && begun(order, answer, line)),
        patienceMs: BOOT_MS_MAX,
        signal,
      });
      return reply.ok ? reply : err(refused(reply.error));
    },
    async retention(signal) {
      const body: ExchangeRequest = { v: 1, kind: 'retention', runId };
      const signature = await key.sign('exchange', new TextEncoder().encode(JSON.stringify(body)));
      const reply = await postUntilAnswered(line, {
        url,
        headers: { [SIGNATURE_HEADER]: signature },
        body,
        judge: answer => understood(RetentionReply, answer, parsed => parsed),
        patienceMs: RETENTION_MS_MAX,
        signal,
      });
      return reply.ok ? reply : err(refused(reply.error));
    },
  };
}

/** `undefined`: asked too early. `accept` answers false for a reply that is not ours. */
function understood<S, T>(
  schema: z.ZodType<S>,
  answer: JsonReply,
  accept: (parsed: S) => T | false,
): Result<T, string> | undefined {
  if (answer.status !== 200) {
    const refusal = ExchangeRefusal.safeParse(answer.json);
    const problem = refusal.success ? refusal.data.error : `status ${answer.status}`;
    return problem === 'not_ready' || problem === 'unavailable' ? undefined : err(problem);
  }
  const parsed = schema.safeParse(answer.json);
  const accepted = parsed.success && accept(parsed.data);
  return accepted === false ? err('an answer that cannot be read') : ok(accepted);
}

/** The reply's own date says what time it is for whoever set the deadline; this server's clock may be wrong. */
function begun(order: BeginReply, answer: JsonReply, line: Line): BegunRun {
  const theirs = Date.parse(answer.headers.get('date') ?? '');
  const nowMs = Number.isNaN(theirs) ? line.time.now().getTime() : theirs;
  return { order, remainingMs: Date.parse(order.deadline) - nowMs };
}

function refused(error: PostError): StepFailure {
  const detail =
    error.kind === 'refused'
      ? `The function refused: ${error.problem}.`
      : error.kind === 'unanswered'
        ? `The function did not answer: ${error.problem}.`
        : 'Asking the function was broken off.';
  return { reason: 'exchange_refused', detail };
}
