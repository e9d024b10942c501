import { createHash } from 'node:crypto';
import { Secret } from '@innkeeper/shared/config/secret';
import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import type { VaultScope } from '@innkeeper/shared/contracts/backup/vault-token';
import { backupBytesArguments, globalArguments } from '../../src/restic/arguments.ts';
import { cliRestic } from '../../src/restic/cli-restic.ts';
import type { Restic } from '../../src/restic/restic.ts';
import { childPrograms } from '../../src/run/child-programs.ts';
import type { StepResult } from '../../src/run/step.ts';
import type { OutcomeOf } from '../../src/run/steps.ts';
import { accessWith, retainAtNight } from '../retention-night.ts';
import type { VaultOnClock } from './vault-on-clock.ts';

/** What a night's server does with the vault: real restic, the runner's own step, fresh credentials every time. */
export interface BackupServer {
  /** One snapshot whose clock stood at `beganAt`. */
  backUp(order: { readonly source: ProvenSource; readonly runId: string; readonly beganAt: Date }): Promise<void>;
  retain(order: {
    readonly runId: string;
    readonly now: Date;
    readonly prune: boolean;
  }): StepResult<OutcomeOf<'retaining'>>;
  /** restic with a credential made for the occasion. */
  open(scope: VaultScope): Promise<Restic>;
}

/** Two groups are as good as four, at half the time. */
export const PROVEN_SOURCES = { mongodb: '/mongodb.archive', configuration: '/configuration.json' } as const;
export type ProvenSource = keyof typeof PROVEN_SOURCES & BackupSource;

/** The server's own: its clock changes twice a year. */
export const ZONE = 'Europe/Berlin';

export function backupServer(vault: VaultOnClock, binary: string, cacheDirectory: string): BackupServer {
  const programs = childPrograms({ PATH: process.env['PATH'], HOME: cacheDirectory });
  const open = async (scope: VaultScope, subject: string, hours: number): Promise<Restic> =>
    cliRestic({
      binary,
      repository: vault.repository,
      credential: { user: subject, token: new Secret(await vault.mint({ subject, scope, hours })) },
      password: new Secret(vault.password),
      zone: ZONE,
      readOnly: scope === 'read',
      programs,
      cacheDirectory,
    });

  return {
    async backUp({ source, runId, beganAt }) {
      const end = await programs.run({
        program: binary,
        args: [
          ...globalArguments(cacheDirectory, false),
          ...backupBytesArguments(runId, source, PROVEN_SOURCES[source]),
          '--time',
          wallClock(beganAt),
        ],
        input: contentOf(source, runId),
        environment: {
          RESTIC_REPOSITORY: vault.repository,
          RESTIC_REST_USERNAME: runId,
          RESTIC_REST_PASSWORD: await vault.mint({ subject: runId, scope: 'append', hours: NIGHT_HOURS }),
          RESTIC_PASSWORD: vault.password,
          TZ: ZONE,
        },
      });
      if (end.code !== 0) throw new Error(`backup ${runId} of ${source} ended with ${end.code}: ${end.stderr}`);
    },
    retain: ({ runId, now, prune }) =>
      retainAtNight({
        runId,
        now,
        prune,
        askForCredential: async () => accessWith(await open(prune ? 'maintain' : 'forget', runId, prune ? 1.5 : 0.5)),
      }),
    open: scope => open(scope, 'proof', 1),
  };
}

const NIGHT_HOURS = 6;

/** As `--time` takes it, in the zone of the process. */
function wallClock(instant: Date): string {
  return instant.toLocaleString('sv-SE', { timeZone: ZONE });
}

/** What was backed up, so that a restore can be compared: mostly the same for a month, a part new each time. */
export function contentOf(source: ProvenSource, runId: string): Uint8Array {
  const expand = (seed: string, outputLength: number): Buffer =>
    createHash('shake256', { outputLength }).update(`${source} ${seed}`).digest();
  return Buffer.concat([expand(runId.slice(0, 7), 40_000), expand(runId, 10_000)]);
}
