import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Secret } from '@innkeeper/shared/config/secret';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cliRestic, type ResticAccess } from '../src/restic/cli-restic.ts';
import { childPrograms } from '../src/run/child-programs.ts';
import { preflight } from '../src/run/preflight.ts';
import { type RestRepository, startRestRepository } from './support/rest-repository.ts';

let folder: string;
let vault: RestRepository;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-preflight-'));
  vault = await startRestRepository();
  for (const program of ['mongodump', 'pg_dump', 'weed', 'mountpoint', 'umount']) await install(program, 'exit 0');
});
afterEach(async () => {
  await vault[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function install(program: string, script: string): Promise<string> {
  const file = join(folder, program);
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

interface Situation {
  readonly access?: Partial<ResticAccess>;
  readonly previousBytes?: number;
}

function look({ access = {}, previousBytes = 0 }: Situation = {}) {
  const restic = cliRestic({
    binary: process.env['RESTIC_BINARY'] ?? 'restic',
    repository: vault.repository,
    credential: { user: vault.user, token: new Secret(vault.token) },
    password: new Secret(vault.password),
    zone: 'Europe/Berlin',
    programs: childPrograms(process.env),
    ...access,
  });
  const order = {
    previous: { bytes: { files: previousBytes }, files: {} },
    work: { sampleShare: 1, drill: true, prune: false },
  };
  return preflight({ order, restic, workDirectory: folder, path: folder });
}

describe('before a night', () => {
  it('all is well', async () => {
    expect(await look()).toEqual({ ok: true, value: undefined });
  });

  it.each<[what: string, reason: string, situation: () => Promise<Situation>]>([
    ['restic is missing', 'program_missing', async () => ({ access: { binary: join(folder, 'none') } })],
    [
      'restic is too old',
      'restic_outdated',
      async () => ({
        access: { binary: await install('old', `echo '{"message_type":"version","version":"0.18.1"}'`) },
      }),
    ],
    ['restic says nothing', 'restic_failed', async () => ({ access: { binary: await install('mute', 'exit 0') } })],
    [
      'a program is missing',
      'program_missing',
      async () => {
        await rm(join(folder, 'pg_dump'));
        return {};
      },
    ],
    [
      'a program may not be run',
      'program_missing',
      async () => {
        await chmod(join(folder, 'weed'), 0o644);
        return {};
      },
    ],
    ['the disk is too small', 'disk_full', async () => ({ previousBytes: Number.MAX_SAFE_INTEGER })],
    ['the password is wrong', 'repository_wrong_password', async () => ({ access: { password: new Secret('wrong') } })],
    [
      'the vault refuses the token',
      'vault_refused',
      async () => ({ access: { credential: { user: vault.user, token: new Secret('expired') } } }),
    ],
    [
      'the repository is missing',
      'repository_missing',
      async () => {
        vault.files.delete('config');
        return {};
      },
    ],
  ])('%s: %s', async (_what, reason, situation) => {
    expect(await look(await situation())).toMatchObject({ ok: false, error: { reason } });
  });
});
