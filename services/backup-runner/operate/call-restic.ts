import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type ResticAccess, resticEnvironment } from '../src/restic/cli-restic.ts';
import { failureOf } from '../src/restic/exit-outcome.ts';
import type { StepFailure } from '../src/run/step.ts';

/** What restic says to a command that only operators give, once it has ended well. */
export async function callRestic(
  access: ResticAccess,
  command: string,
  ...words: readonly string[]
): Promise<Result<string, StepFailure>> {
  const end = await access.programs.run({
    program: access.binary,
    args: ['--json', '--no-cache', command, ...words],
    environment: resticEnvironment(access),
    ...(access.signal === undefined ? {} : { signal: access.signal }),
  });
  const failure = failureOf({ ...end, command, said: end.stderr, cancelled: access.signal?.aborted === true });
  return failure === undefined ? ok(end.stdout) : err(failure);
}
