import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { cliRestic, type ResticAccess } from '../src/restic/cli-restic.ts';
import type { StepFailure } from '../src/run/step.ts';
import { callRestic } from './call-restic.ts';

const InitReply = z.object({ message_type: z.literal('initialized'), id: z.string() });

/** Makes an empty repository where there is none. `exists` when there is one, whoever's password opens it. */
export async function createRepository(access: ResticAccess): Promise<Result<{ id: string }, 'exists' | StepFailure>> {
  const opened = await cliRestic(access).open();
  if (opened.ok || opened.error.reason === 'repository_wrong_password') return err('exists');
  if (opened.error.reason !== 'repository_missing') return err(opened.error);
  const made = await callRestic(access, 'init');
  return made.ok ? ok({ id: InitReply.parse(JSON.parse(made.value)).id }) : made;
}

export const createdInWords = (
  id: string,
  address: string,
): string => `The repository ${id.slice(0, 10)} was made at ${address}.

Keep these where no disaster of this company reaches them all at once, at least twice and once on paper:
  RESTIC_PASSWORD     without it nobody, ever, reads a backup
  VAULT_SIGNING_KEY   makes the vault's tokens; a lost one is replaced: pnpm backups vault-key --to FILE
  R2 access keys      read the bucket when the vault itself is gone: RESTIC_REPOSITORY=s3:…
  DISASTER.md         what to do with them

Then set the bucket's locks (workers/backup-vault/README.md, "The second wall"),
and begin the first backup: pnpm backups launch --reason "first backup"`;
