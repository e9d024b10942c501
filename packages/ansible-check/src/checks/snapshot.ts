import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { Check } from '../check.ts';
import { SCRIPTS } from '../folders.ts';
import { runProgram } from '../run-program.ts';
import { Played, SCENARIOS, snapshotProblems } from '../snapshot/scenarios.ts';
import type { Prepared } from '../toolchain/prepare.ts';

const STAGE = join(import.meta.dirname, '../snapshot/stage.ts');

/** `create-backup-snapshot` from the order to the labels: Hetzner's stand-in, and SSH to an invented server. */
export const snapshot = ({ programs, debian }: Prepared): Check => ({
  name: 'backup snapshot',
  run: async () => {
    const work = await mkdtemp(join(tmpdir(), 'innkeeper-snapshot-'));
    try {
      const { exitCode, stdout, stderr } = await runProgram('unshare', [
        ...['--mount', '--net', '--pid', '--fork', '--kill-child', '--mount-proc', '--propagation', 'private'],
        ...[join(SCRIPTS, 'in-server.sh'), debian, work, process.execPath, STAGE, work, programs],
      ]);
      if (exitCode !== 0) return { seen: 'nothing', problems: [`The stage broke down: ${stderr.trim()}`] };
      const played = z.array(Played).parse(JSON.parse(stdout));
      return { seen: Object.keys(SCENARIOS).join(', '), problems: played.flatMap(snapshotProblems) };
    } finally {
      await rm(work, { recursive: true, force: true });
    }
  },
});
