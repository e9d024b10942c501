import { spawn } from 'node:child_process';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { EnvironmentSecrets } from '../ports/environment-secrets.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';

const Listed = z.array(z.object({ name: z.string(), updatedAt: z.iso.datetime() }));

/** GitHub's own command `gh`, which encrypts for the environment. A value goes to it by standard input alone. */
export function githubCliSecrets(options: {
  readonly environment: string;
  readonly program: string;
}): EnvironmentSecrets {
  const { environment, program } = options;

  return {
    async list() {
      const listed = await run(program, ['secret', 'list', '--env', environment, '--json', 'name,updatedAt'], '');
      if (!listed.ok) return listed;
      const parsed = Listed.safeParse(parseJson(listed.value));
      if (!parsed.success) return err({ kind: 'unexpected', service: 'GitHub', status: 0 });
      return ok(Object.fromEntries(parsed.data.map(({ name, updatedAt }) => [name, Date.parse(updatedAt)])));
    },
    async set(name, value) {
      const set = await run(program, ['secret', 'set', name, '--env', environment], value.reveal());
      return set.ok ? ok(undefined) : set;
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Answered as a reply outside its format.
  }
}

const NOT_SIGNED_IN = 4; // gh's own exit code

/** Its errors are not passed on: `gh` may quote what it was given. */
function run(program: string, words: readonly string[], input: string): Promise<Result<string, VendorFailure>> {
  return new Promise(resolve => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'ignore'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', () =>
      resolve(err({ kind: 'missing', service: 'GitHub', what: `command ${program} here; install it` })),
    );
    child.once('close', code => {
      if (code === 0) resolve(ok(Buffer.concat(chunks).toString('utf8')));
      else if (code === NOT_SIGNED_IN) resolve(err({ kind: 'unauthorized', service: 'GitHub' }));
      else resolve(err({ kind: 'unexpected', service: 'GitHub', status: code ?? 0 }));
    });
    child.stdin.on('error', () => undefined); // A program that does not read ends with its own code.
    child.stdin.end(input);
  });
}
