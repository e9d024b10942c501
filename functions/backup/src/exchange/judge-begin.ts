import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { ExchangeRefusal, ExchangeRequest } from '@innkeeper/shared/contracts/backup/exchange';
import { RUNNER_PROTOCOL } from '@innkeeper/shared/contracts/backup/run-id';
import { isTokenOf } from '../launch/one-time-token.ts';
import { isAtLeast } from '../launch/runner-version.ts';
import { BEGIN_REPEAT_MS } from '../run/deadlines.ts';
import { isAddressOf } from './caller-address.ts';

/** What a server's first words deserve. Pure. */
export type BeginRequest = Extract<ExchangeRequest, { kind: 'begin' }>;

export type Judgement =
  | { readonly kind: 'bind' }
  /** The same key again: the first reply was lost. */
  | { readonly kind: 'repeat' }
  | {
      readonly kind: 'refuse';
      readonly error: ExchangeRefusal['error'];
      /** The run cannot be trusted, or cannot work, any more. */
      readonly fails?: 'token_stolen' | 'runner_outdated';
      /** Somebody wants the secrets of a living run who should not. */
      readonly misuse?: string;
    };

const refuse = (error: ExchangeRefusal['error']): Judgement => ({ kind: 'refuse', error });

/** Nothing about the run is told, and nothing can happen to it, before the token is right. */
export function judgeBegin(
  run: BackupRun,
  request: BeginRequest,
  { caller, now, runnerVersionMin }: { readonly caller: string; readonly now: Date; readonly runnerVersionMin: string },
): Judgement {
  const { credential, server, state } = run;
  if (!isTokenOf(credential.tokenHash, request.token)) {
    return isRunning(run) ? { ...refuseKind('wrong_token'), misuse: 'a wrong token' } : refuse('wrong_token');
  }
  // The server is faster than our note of it, or the reply to its order was lost and it waits to be adopted.
  if (state === 'planned' || state === 'creating') return refuse('not_ready');
  if (server === undefined) return refuse('wrong_state');
  if (!isAddressOf(server.addresses, caller)) {
    return { ...refuseKind('wrong_address'), misuse: 'its token from another address' };
  }
  if (credential.publicKey !== undefined && credential.publicKey !== request.publicKey) {
    const stolen = { ...refuseKind('token_used'), misuse: 'its token with a second key' };
    return isRunning(run) ? { ...stolen, fails: 'token_stolen' } : stolen;
  }
  if (credential.publicKey !== undefined) return judgeRepeat(run, now);
  if (state !== 'booting') return refuse('wrong_state');
  if (now.toISOString() > credential.expiresAt) return refuse('token_expired');
  const { version, protocol } = request.runner;
  const isCurrent = protocol === RUNNER_PROTOCOL && isAtLeast(version, runnerVersionMin);
  return isCurrent ? { kind: 'bind' } : { ...refuseKind('runner_outdated'), fails: 'runner_outdated' };
}

/** Whoever has reported has had its reply. */
function judgeRepeat({ state, lastSequence, credential }: BackupRun, now: Date): Judgement {
  if (state !== 'dumping' || lastSequence > 0) return refuse('wrong_state');
  const boundAt = Date.parse(credential.boundAt ?? credential.expiresAt);
  return now.getTime() - boundAt > BEGIN_REPEAT_MS ? refuse('token_expired') : { kind: 'repeat' };
}

const isRunning = ({ state }: BackupRun): boolean => !['reported', 'deleting', 'done', 'failed'].includes(state);

const refuseKind = (error: ExchangeRefusal['error']) => ({ kind: 'refuse', error }) as const;
