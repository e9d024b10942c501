import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import {
  type BeginReply,
  EXCHANGE_BYTES_MAX,
  type ExchangeRefusal,
  ExchangeRequest,
  type RetentionReply,
} from '@innkeeper/shared/contracts/backup/exchange';
import { parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { failRun } from '../end-run/end-run.ts';
import { changeRun, type RunStoreError } from '../run/run-store.ts';
import { type NotAllowed, transition } from '../run/transitions.ts';
import { beginReply } from './begin-reply.ts';
import { grantRetention } from './grant-retention.ts';
import { type BeginRequest, type Judgement, judgeBegin } from './judge-begin.ts';

/**
 * Where a server without any cloud identity gets its secrets: by its one-time token, once, for the key it has just
 * made; later, signed by that key, the short-lived credential of retention. Public, so everything is checked here.
 */
export interface ExchangeCall {
  readonly body: Uint8Array;
  /** Header `innkeeper-signature`. */
  readonly signature: string | undefined;
  /** Where the call comes from, as `callerAddress` says. */
  readonly caller: string;
}

export type ExchangeError = ExchangeRefusal['error'];

export async function exchange(
  ports: BackupPorts,
  call: ExchangeCall,
): Promise<Result<BeginReply | RetentionReply, ExchangeError>> {
  if (call.body.length > EXCHANGE_BYTES_MAX) return err('too_large');
  const json = parseJsonObject(call.body);
  const parsed = json.ok ? ExchangeRequest.safeParse(json.value) : undefined;
  if (parsed?.success !== true) return err('malformed');
  const request = parsed.data;
  return request.kind === 'begin' ? begin(ports, request, call) : grantRetention(ports, request.runId, call);
}

type Refused = Extract<Judgement, { kind: 'refuse' }>;

async function begin(
  ports: BackupPorts,
  request: BeginRequest,
  { caller }: ExchangeCall,
): Promise<Result<BeginReply, ExchangeError>> {
  const { store, settings, now, log } = ports;
  const { runId, publicKey, runner } = request;
  const { runnerVersionMin } = settings;
  const bound = await changeRun<NotAllowed | Refused>(store, runId, run => {
    const judgement = judgeBegin(run, request, { caller, now: now(), runnerVersionMin });
    if (judgement.kind === 'refuse') return err(judgement);
    if (judgement.kind === 'repeat') return ok(run);
    return transition(run, { kind: 'key_bound', publicKey, runnerVersion: runner.version }, now());
  });
  if (!bound.ok) {
    const isSettled = bound.error.kind !== 'refuse' || (await actOnRefusal(ports, request, bound.error));
    // A run that has to end and could not be ended: whoever asks again brings it about.
    const reason = isSettled ? errorOf(bound.error) : 'unavailable';
    log.warn('exchange.refused', { runId, reason, caller });
    return err(reason);
  }
  log.info('exchange.begun', { runId, runnerVersion: runner.version });
  return replyTo(ports, bound.value);
}

async function replyTo(ports: BackupPorts, run: BackupRun): Promise<Result<BeginReply, ExchangeError>> {
  const reply = await beginReply(ports, run);
  if (reply.ok) return reply;
  // The key is bound: asked again, it gets its reply.
  ports.log.error('exchange.unanswered', { runId: run.runId, reason: reply.error.kind, detail: reply.error.detail });
  return err('unavailable');
}

/** False when the run should have ended for it, and did not. */
async function actOnRefusal(ports: BackupPorts, { runId, runner }: BeginRequest, refused: Refused): Promise<boolean> {
  const { telling } = ports;
  const { version, protocol } = runner;
  const { misuse, fails } = refused;
  if (misuse !== undefined) {
    await telling.alert({ kind: 'token_misused', runId, problem: misuse }, `token_misused:${runId}:${refused.error}`);
  }
  if (fails === undefined) return true;
  if (fails === 'runner_outdated') {
    await telling.alert({ kind: 'runner_outdated', version }, `runner_outdated:${runId}`);
  }
  const detail =
    fails === 'token_stolen'
      ? 'the one-time token was used with a second key'
      : `the server announced runner ${version}, protocol ${protocol}`;
  const failed = await failRun(ports, runId, fails, detail);
  return failed.ok || failed.error.kind === 'not_allowed';
}

function errorOf(error: Refused | NotAllowed | RunStoreError | { readonly kind: 'unknown_run' }): ExchangeError {
  switch (error.kind) {
    case 'refuse':
      return error.error;
    case 'unknown_run':
      return 'unknown_run';
    case 'not_allowed':
      return 'wrong_state';
    case 'unavailable':
    case 'unreadable':
    case 'denied':
      return 'unavailable';
  }
}
