import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { ANSIBLE, type Environment } from '../folders.ts';
import { listFiles } from '../list-files.ts';
import type { Prepared } from '../toolchain/prepare.ts';
import { PLAYBOOKS, play } from './play.ts';

/** What the playbooks write below `/etc` of an environment's first server, which is invented, as its secrets are. */
export interface Rendering {
  /** Text by path, such as `etc/innkeeper/firewall.nft`. */
  readonly files: ReadonlyMap<string, string>;
  /** All that Ansible said meanwhile. */
  readonly output: string;
}

/** The end of what Ansible said when it fails. `ansible`: folder with the playbooks. */
export async function renderEnvironment(
  prepared: Prepared,
  environment: Environment,
  ansible = ANSIBLE,
): Promise<Result<Rendering, string>> {
  const work = await mkdtemp(join(tmpdir(), `innkeeper-${environment}-`));
  try {
    const args = ['--tags', 'render,preflight'];
    const order = { environment, work, ansible, playbooks: PLAYBOOKS, args };
    const { exitCode, stdout, stderr } = await play(prepared, order);
    if (exitCode !== 0) return err(`${stdout.split('\n').slice(-25).join('\n').trim()}\n${stderr.trim()}`.trim());
    const etc = join(work, 'changes/etc');
    const files = await Promise.all(
      (await listFiles(etc)).map(async file => [join('etc', file), await readFile(join(etc, file), 'utf8')] as const),
    );
    return ok({ files: new Map(files), output: `${stdout}${stderr}` });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

export type Renderings = (environment: Environment) => ReturnType<typeof renderEnvironment>;

/** Each environment is rendered once, by whoever asks first. */
export function renderOnce(prepared: Prepared): Renderings {
  const begun = new Map<Environment, ReturnType<typeof renderEnvironment>>();
  return environment => {
    const rendering = begun.get(environment) ?? renderEnvironment(prepared, environment);
    begun.set(environment, rendering);
    return rendering;
  };
}
