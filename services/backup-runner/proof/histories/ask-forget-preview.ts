import { execFile } from 'node:child_process';
import type { RetentionQuotas } from '@innkeeper/shared/domain/retention';
import * as z from 'zod';
import type { ForgetPreview } from '../../src/restic/restic.ts';

/** What the real restic would forget, asked without anything of the runner in between. */
export async function askForgetPreview(order: {
  readonly restic: string;
  readonly path: string;
  readonly password: string;
  readonly quotas: RetentionQuotas;
  /** `TZ` of the process. */
  readonly zone: string;
}): Promise<ForgetPreview | 'refused'> {
  const { keepDaily, keepWeekly, keepMonthly } = order.quotas;
  const policy = ['--keep-daily', keepDaily, '--keep-weekly', keepWeekly, '--keep-monthly', keepMonthly].map(String);
  const { code, stdout, stderr } = await run(
    order.restic,
    ['--repo', order.path, '--no-cache', '--json', 'forget', '--dry-run', '--group-by', 'host,paths', ...policy],
    { ...process.env, RESTIC_PASSWORD: order.password, TZ: order.zone },
  );
  if (code === 1 && stderr.includes('no policy was specified')) return 'refused';
  if (code !== 0) throw new Error(`restic ended with ${code}: ${stderr}`);
  const groups = Groups.parse(JSON.parse(stdout));
  const ids = (of: 'keep' | 'remove'): string[] => groups.flatMap(group => (group[of] ?? []).map(({ id }) => id));
  return {
    keep: ids('keep'),
    remove: ids('remove'),
    reasons: Object.fromEntries(
      groups.flatMap(({ reasons }) => (reasons ?? []).map(({ snapshot, matches }) => [snapshot.id, matches])),
    ),
  };
}

const Snapshots = z.array(z.object({ id: z.string() })).nullable();
const Groups = z.array(
  z.object({
    keep: Snapshots,
    remove: Snapshots,
    reasons: z.array(z.object({ snapshot: z.object({ id: z.string() }), matches: z.array(z.string()) })).nullable(),
  }),
);

/** A hundred long histories are some ten megabytes. */
const OUTPUT_BYTES_MAX = 256 * 1024 * 1024;

function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, { env, maxBuffer: OUTPUT_BYTES_MAX }, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: child.exitCode ?? -1, stdout, stderr });
    });
  });
}
