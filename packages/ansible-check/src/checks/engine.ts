import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Check } from '../check.ts';
import { type EngineState, play } from '../servers/play.ts';
import type { Prepared } from '../toolchain/prepare.ts';

const SHARED_PLAYBOOK = resolve(import.meta.dirname, '../../playbooks/stack-secrets.yml');

/** A server's way into the Swarm, and what is known of the others before. */
const WAYS: readonly { readonly name: string; readonly engine: EngineState; readonly given: object }[] = [
  { name: 'the first server', engine: 'none', given: {} },
  { name: 'the first server, made anew', engine: 'manager', given: { docker_swarm_members: ['innkeeper-prod-2'] } },
];

/**
 * The tasks that make the Swarm in check mode, in front of a stand-in for the engine: Ansible's modules, with the
 * libraries that Debian has for them, take every argument they are given (some ask for newer ones), and networks that
 * are there stay as they are, with everybody in them.
 */
export const engine = (prepared: Prepared): Check => ({
  name: 'engine',
  run: async () => {
    const problems: string[] = [];
    for (const { name, engine: state, given } of WAYS) {
      const work = await mkdtemp(join(tmpdir(), 'innkeeper-engine-'));
      try {
        const { exitCode, stdout, stderr } = await play(prepared, {
          environment: 'prod',
          work,
          playbooks: ['setup-servers'],
          // Nothing is installed in check mode; here there is an engine all the same.
          args: [
            '--check',
            '--tags',
            'swarm',
            '--extra-vars',
            JSON.stringify({ docker_is_foreseeable: true, ...given }),
          ],
          engine: state,
        });
        const isWhole = stdout.includes('docker : Make the overlay networks');
        const isChanged = state === 'manager' && !/: ok=\d+ +changed=0 /u.test(stdout);
        if (isChanged) problems.push(`${name}: what is there already is changed: ${stdout.slice(-1500).trim()}`);
        if (exitCode !== 0 || !isWhole) problems.push(`${name}: ${`${stdout.slice(-1500)}\n${stderr}`.trim()}`);
      } finally {
        await rm(work, { recursive: true, force: true });
      }
    }
    problems.push(...(await sharedSecrets(prepared)));
    return { seen: [...WAYS.map(({ name }) => name), 'what two stacks share'].join('; '), problems };
  },
});

/** For real: what a stack has made and uses, the next one that needs the same leaves as it is. */
async function sharedSecrets(prepared: Prepared): Promise<string[]> {
  const work = await mkdtemp(join(tmpdir(), 'innkeeper-engine-'));
  try {
    const { exitCode, stdout } = await play(prepared, {
      environment: 'prod',
      work,
      playbooks: [SHARED_PLAYBOOK],
      args: [],
      engine: 'manager',
    });
    // A secret and a configuration, each made once.
    const isMadeOnce = / changed=2 +/u.test(stdout);
    return exitCode === 0 && isMadeOnce ? [] : [`what two stacks share: ${stdout.slice(-1500).trim()}`];
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
