import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { cliRestic, type ResticAccess, resticEnvironment } from '../src/restic/cli-restic.ts';
import { failureOf } from '../src/restic/exit-outcome.ts';
import type { StepFailure } from '../src/run/step.ts';

const InitReply = z.object({ message_type: z.literal('initialized'), id: z.string() });

/** Makes an empty repository where there is none. `exists` when there is one, whoever's password opens it. */
export async function createRepository(access: ResticAccess): Promise<Result<{ id: string }, 'exists' | StepFailure>> {
  const opened = await cliRestic(access).open();
  if (opened.ok || opened.error.reason === 'repository_wrong_password') return err('exists');
  if (opened.error.reason !== 'repository_missing') return err(opened.error);
  const end = await access.programs.run({
    program: access.binary,
    args: ['--json', '--no-cache', 'init'],
    environment: resticEnvironment(access),
    ...(access.signal === undefined ? {} : { signal: access.signal }),
  });
  const failure = failureOf({
    ...end,
    command: 'init',
    said: end.stderr,
    cancelled: access.signal?.aborted === true,
  });
  if (failure !== undefined) return err(failure);
  return ok({ id: InitReply.parse(JSON.parse(end.stdout)).id });
}

export const createdInWords = (
  id: string,
  address: string,
): string => `The repository ${id.slice(0, 10)} was made at ${address}.

Keep these where no disaster of this company reaches them all at once, at least twice and once on paper:
  RESTIC_PASSWORD     without it nobody, ever, reads a backup
  VAULT_SIGNING_KEY   makes the vault's tokens; its public half is the Worker's VAULT_PUBLIC_KEYS
  R2 access keys      read the bucket when the vault itself is gone: RESTIC_REPOSITORY=s3:…
  DISASTER.md         what to do with them

Then begin the first backup: pnpm backups launch --reason "first backup"`;
