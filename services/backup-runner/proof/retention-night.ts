import { BeginReply, RETENTION, type RetentionReply } from '@innkeeper/shared/contracts/backup/exchange';
import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import { ok } from '@innkeeper/shared/result/result';
import type { Restic } from '../src/restic/restic.ts';
import { retain } from '../src/retention/retain.ts';
import { childPrograms } from '../src/run/child-programs.ts';
import type { RunContext, StepResult } from '../src/run/step.ts';
import type { OutcomeOf, RetentionAccess } from '../src/run/steps.ts';

/** One run's retention, with everything in its context that this step may use; the rest of it throws or is empty. */
export interface RetentionNight {
  readonly runId: string;
  readonly now: Date;
  readonly prune: boolean;
  readonly askForCredential: () => StepResult<RetentionAccess>;
}

export function retainAtNight({
  runId,
  now,
  prune,
  askForCredential,
}: RetentionNight): StepResult<OutcomeOf<'retaining'>> {
  const context: RunContext = {
    order: BeginReply.parse({ ...ORDER, runId, work: { sampleShare: 0, drill: false, prune } }),
    get restic(): Restic {
      throw new Error('retention used the credential of the night');
    },
    programs: childPrograms({}),
    workDirectory: '/nowhere',
    secretDirectory: '/nowhere',
    filesDirectory: '/nowhere',
    ownProgram: [process.execPath, '/nowhere'],
    progress: () => undefined,
    signal: new AbortController().signal,
    now: () => now,
  };
  return retain(context, askForCredential);
}

/** What `exchange` answers: the company's policy and the vault's own rule. */
export function accessWith(restic: Restic): Awaited<StepResult<RetentionAccess>> {
  const reply: RetentionReply = {
    v: 1,
    vault: ORDER.vault,
    policy: RETENTION,
    minimumAgeSeconds: VAULT_MINIMUM_AGE_S.snapshots,
  };
  return ok({ reply, restic });
}

const ORDER = {
  v: 1,
  protocol: 1,
  reportUrl: 'https://innkeeper.example/report',
  deadline: '2026-11-21T07:30:00Z',
  zone: 'Europe/Berlin',
  types: ['daily'],
  vault: {
    repository: 'rest:https://vault.example/company/',
    user: 'retention',
    token: 'spent',
    expiresAt: '2026-11-21T07:30:00Z',
  },
  resticPassword: 'unused',
  mongodb: { uri: 'mongodb://mongodb.example' },
  postgres: { uri: 'postgres://postgres.example' },
  filer: { addresses: ['filer.example:8888'], paths: [] },
  configuration: {},
  acceptSmaller: false,
};
