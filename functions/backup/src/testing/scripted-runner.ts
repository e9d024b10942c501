import { type SignedPurpose, signRequest } from '@innkeeper/shared/backup/sign-request';
import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { ExchangeRequest } from '@innkeeper/shared/contracts/backup/exchange';
import { RunInstructions } from '@innkeeper/shared/contracts/backup/instructions';
import type { BackupReport } from '@innkeeper/shared/contracts/backup/report';
import { RUNNER_PROTOCOL } from '@innkeeper/shared/contracts/backup/run-id';
import { BackupStep, type StepOutcome } from '@innkeeper/shared/contracts/backup/steps';
import { LocalDate } from '@innkeeper/shared/domain/local-time';
import { exportJWK, generateKeyPair } from 'jose';
import { parse } from 'yaml';
import * as z from 'zod';
import { checkSubset } from '../run/calendar.ts';
import { exampleSnapshot } from './example-run.ts';

/** What a backup server says, word by word: a test decides what it says when. */
export interface ScriptedRunner {
  readonly publicKey: string;
  begin(changes?: { readonly token?: string; readonly runner?: Partial<BeginRequest['runner']> }): Post;
  retention(): Promise<Post>;
  /** Under the next number, or `sequence`. */
  report(body: BackupReport['body'], sequence?: number): Promise<Post>;
  sign(purpose: SignedPurpose, json: unknown): Promise<Post>;
}

/** A body, and its signature where it has one. */
export interface Post {
  readonly body: Uint8Array;
  readonly signature: string | undefined;
}

type BeginRequest = Extract<ExchangeRequest, { kind: 'begin' }>;

/** `userData`: what its server was born with. */
export async function scriptedRunner(userData: string, at: () => Date): Promise<ScriptedRunner> {
  const { runId, token } = readInstructions(userData);
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  const { x: rawKey } = z.object({ x: z.string() }).parse(await exportJWK(publicKey));
  let lastSequence = 0;

  const sign = async (purpose: SignedPurpose, json: unknown): Promise<Post> => {
    const body = encode(json);
    return { body, signature: await signRequest(privateKey, purpose, body) };
  };

  return {
    publicKey: rawKey,
    begin: ({ token: other = token, runner = {} } = {}) => {
      const request: BeginRequest = {
        v: 1,
        kind: 'begin',
        runId,
        token: other,
        publicKey: rawKey,
        runner: { version: '0.1.0', protocol: RUNNER_PROTOCOL, ...runner },
      };
      return { body: encode(request), signature: undefined };
    },
    retention: () => sign('exchange', { v: 1, kind: 'retention', runId } satisfies ExchangeRequest),
    report: (body, sequence = lastSequence + 1) => {
      lastSequence = sequence;
      return sign('report', { v: 1, runId, sequence, at: at().toISOString(), body } satisfies BackupReport);
    },
    sign,
  };
}

/** What cloud-init would write for the runner. */
export function readInstructions(userData: string): RunInstructions {
  const config = z.object({ write_files: z.tuple([z.object({ content: z.string() })]) }).parse(parse(userData));
  return RunInstructions.parse(JSON.parse(config.write_files[0].content));
}

/** Everything a good run reports between `begin` and its end, in order; `day` where it is another than that Sunday. */
export function goodReports(types: BackupRun['types'], day = SUNDAY): BackupReport['body'][] {
  const work = BackupStep.options.flatMap((step): BackupReport['body'][] => [
    progressOf(step, 10),
    progressOf(step, 60),
    { kind: 'step_finished', outcome: goodOutcome(step, types, day), durationMs: 60_000 },
  ]);
  return [...work, { kind: 'finished', overheadMs: 4_200 }];
}

export const progressOf = (step: BackupStep, percent: number): BackupReport['body'] => ({
  kind: 'progress',
  step,
  percent,
  bytesDone: percent * 1_000_000,
  bytesPerSecond: 2_000_000,
});

const SUNDAY = LocalDate.parse('2026-11-22');

export function goodOutcome(step: BackupStep, types: BackupRun['types'], day = SUNDAY): StepOutcome {
  const isDeep = types.length > 1;
  switch (step) {
    case 'dumping':
      return { step, snapshots: [exampleSnapshot('mongodb', 4_000_000, 1), exampleSnapshot('keycloak', 300_000, 1)] };
    case 'backing_up':
      return {
        step,
        snapshots: [exampleSnapshot('files', 8_000_000, 412), exampleSnapshot('configuration', 20_000, 1)],
      };
    case 'retaining':
      return {
        step,
        kept: 21,
        removed: [],
        deferred: 0,
        ...(types.includes('monthly') ? { pruned: { freedBytes: 1_000, refused: 0 } } : {}),
      };
    case 'checking':
      return { step, ...(isDeep ? { subset: checkSubset(day) } : {}) };
    case 'restoring':
      return {
        step,
        files: 5,
        compared: 4,
        changed: 1,
        bytes: 90_000,
        canary: true,
        ...(isDeep
          ? {
              drill: {
                mongodb: { collections: 20, documents: 1_800, digest: 'd1' },
                keycloak: { tables: 90, rows: 4_000, digest: 'd2' },
                files: { files: 412, bytes: 8_000_000 },
              },
            }
          : {}),
      };
  }
}

const encode = (json: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
