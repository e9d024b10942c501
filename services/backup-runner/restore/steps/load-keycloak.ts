import { stat } from 'node:fs/promises';
import { formatCount } from '@innkeeper/shared/backup/format-figures';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ResticSnapshot } from '../../src/restic/restic.ts';
import type { ProgramRunner } from '../../src/run/program-runner.ts';
import type { PostgresTarget } from '../databases/postgres-target.ts';
import type { RestoreFailure } from '../failure.ts';
import { countDumpRows, pgRestoreFailure } from './count-dump-rows.ts';
import type { RestoreStep, StepOutlook } from './restore-step.ts';

/** A dump into PostgreSQL by pg_restore, in one transaction, and then as many rows there as the dump holds. */
export interface LoadKeycloakOrder {
  readonly programs: ProgramRunner;
  readonly snapshot: ResticSnapshot;
  /** Where an earlier step puts the dump. */
  readonly dump: string;
  readonly target: PostgresTarget;
  readonly mayReplace: boolean;
  /** Why this address must not be touched. */
  readonly objection: RestoreFailure | undefined;
}

export function loadKeycloak(order: LoadKeycloakOrder): RestoreStep {
  const { target, dump } = order;
  return {
    name: 'keycloak',

    async inspect() {
      const held = await target.countRows();
      if (!held.ok) return held;
      const rows = sum(held.value.values());
      return ok<StepOutlook>({
        from: { source: 'keycloak', snapshotId: order.snapshot.id },
        to: target.address,
        bytes: 0,
        lines: [
          'the whole database, in one transaction',
          ...(held.value.size === 0
            ? []
            : [`there now: ${formatCount(held.value.size, 'table', 'tables')}, ${formatCount(rows, 'row', 'rows')}`]),
        ],
        obstacles: [
          ...(order.objection === undefined ? [] : [order.objection]),
          ...(held.value.size > 0 && !order.mayReplace ? [notEmpty(target.address, held.value.size)] : []),
        ],
      });
    },

    async carryOut({ progress, signal }) {
      const expected = await countDumpRows(order.programs, dump, signal);
      if (!expected.ok) return expected;
      const { size } = await stat(dump);
      progress({ bytesDone: 0, bytesTotal: size });
      const end = await order.programs.run({
        program: 'pg_restore',
        args: [
          `--dbname=${target.address}`,
          '--no-password',
          '--single-transaction',
          '--exit-on-error',
          '--no-owner', // it belongs to whoever restores, also where the old roles do not exist
          '--no-privileges',
          ...(order.mayReplace ? ['--clean', '--if-exists'] : []),
          dump,
        ],
        environment: target.environment,
        signal,
      });
      const failure = pgRestoreFailure(end, signal);
      if (failure !== undefined) return err(failure);
      progress({ bytesDone: size, bytesTotal: size });
      const found = await target.countRows();
      if (!found.ok) return found;
      const differences = [...expected.value].filter(([table, count]) => found.value.get(table) !== count);
      if (differences.length > 0)
        return err({
          reason: 'restored_differs',
          sentence: `PostgreSQL does not hold what the dump holds: ${differences
            .map(([table, count]) => `${table} ${found.value.get(table) ?? 'missing'} instead of ${count}`)
            .join(', ')}.`,
        });
      return ok({
        name: 'keycloak',
        source: 'keycloak',
        snapshotId: order.snapshot.id,
        to: target.address,
        figures: { tables: expected.value.size, rows: sum(expected.value.values()) },
        verified: 'as many rows as in the dump, in every table',
      });
    },
  };
}

const sum = (counts: Iterable<number>): number => [...counts].reduce((total, count) => total + count, 0);

const notEmpty = (address: string, tables: number): RestoreFailure => ({
  reason: 'target_not_empty',
  sentence: `The database at ${address} is not empty (${formatCount(tables, 'table', 'tables')}).`,
  nextStep: 'Choose an empty database, or say --overwrite.',
});
