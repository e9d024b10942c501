import { signRequest } from '@innkeeper/shared/backup/sign-request';
import type { BeginReply, ExchangeRefusal, RetentionReply } from '@innkeeper/shared/contracts/backup/exchange';
import type { BackupReport, ReportReply } from '@innkeeper/shared/contracts/backup/report';
import { base64url, generateKeyPair } from 'jose';
import type { Functions } from './functions.ts';
import type { World } from './world.ts';

/** How a simulated server speaks to the functions: signed, numbered, each word again until it is answered. */
export interface Voice {
  begin(runner: { readonly version: string; readonly protocol: number }): Promise<BeginReply | 'refused'>;
  askRetention(): Promise<RetentionReply | 'refused'>;
  /** `go_on` once the function has it; otherwise nobody waits for this server any more. */
  say(body: BackupReport['body'], changes?: Partial<BackupReport>): Promise<'go_on' | 'stop'>;
}

export interface Speaker {
  readonly runId: string;
  readonly token: string;
  readonly caller: string;
  /** By the server's own clock. */
  readonly clock: () => Date;
  /** Waits as long as the server has power, and not longer. */
  readonly pause: (ms: number) => Promise<void>;
}

/** Seconds between two tries. */
const BACKOFF_S = [3, 6, 12, 24, 48, 60];
/** As long as the real one asks to be let in. */
const BEGIN_PATIENCE_MS = 20 * 60_000;

export async function createVoice(world: World, functions: Functions, speaker: Speaker): Promise<Voice> {
  const { runId, token, caller, clock, pause } = speaker;
  const keys = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const publicKey = base64url.encode(new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)));
  const encode = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  let sequence = 0;

  /** `answered` says of an answer whether it is the last word. */
  const untilAnswered = async <T>(ask: () => Promise<T | undefined>, isFinal: (answer: T) => boolean): Promise<T> => {
    for (let attempt = 0; ; attempt += 1) {
      const answer = await ask();
      await pause(0);
      if (answer !== undefined && isFinal(answer)) return answer;
      await pause((BACKOFF_S[attempt] ?? 60) * 1_000);
    }
  };

  const isFinalExchange = (answer: { readonly ok: boolean; readonly error?: ExchangeRefusal['error'] }): boolean =>
    answer.ok || (answer.error !== 'unavailable' && answer.error !== 'not_ready');

  return {
    begin: async runner => {
      const body = encode({ v: 1, kind: 'begin', runId, token, publicKey, runner });
      const giveUpAtMs = world.time.now() + BEGIN_PATIENCE_MS;
      const answer = await untilAnswered(
        () => functions.exchange({ body, signature: undefined, caller }),
        reply => isFinalExchange(reply) || world.time.now() > giveUpAtMs,
      );
      return answer.ok && 'resticPassword' in answer.value ? onTheWire(answer.value) : 'refused';
    },
    askRetention: async () => {
      const body = encode({ v: 1, kind: 'retention', runId });
      const signature = await signRequest(keys.privateKey, 'exchange', body);
      const answer = await untilAnswered(() => functions.exchange({ body, signature, caller }), isFinalExchange);
      return answer.ok && 'policy' in answer.value ? onTheWire(answer.value) : 'refused';
    },
    say: async (said, changes = {}) => {
      sequence += 1;
      const report = { v: 1, runId, sequence, at: clock().toISOString(), body: said, ...changes };
      const body = encode(report);
      const signature = await signRequest(keys.privateKey, 'report', body);
      const answer = await untilAnswered(
        () => functions.report({ body, signature }),
        reply => reply.ok || reply.error.error !== 'unavailable',
      );
      return answer.ok && !onTheWire<ReportReply>(answer.value).stop ? 'go_on' : 'stop';
    },
  };
}

/** As JSON leaves it. */
const onTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
