import { spawn } from 'node:child_process';
import type { EnvironmentName } from '@innkeeper/deployment/environment/environment-values';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { nameGithubPlace } from '../catalogue/name-github-place.ts';
import type { EnvironmentSecrets } from '../ports/environment-secrets.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';

const Listed = z.array(z.object({ name: z.string(), updatedAt: z.iso.datetime() }));

/** GitHub's own command `gh`, which encrypts for the environment. A value goes to it by standard input alone. */
export function githubCliSecrets(options: {
  readonly environment: EnvironmentName;
  readonly program: string;
}): EnvironmentSecrets {
  const { environment, program } = options;

  return {
    async list(place) {
      const at = nameGithubPlace(place, environment);
      const words = ['secret', 'list', '--env', at, '--json', 'name,updatedAt'];
      const listed = await run({ program, words, at, input: '' });
      if (!listed.ok) return listed;
      const parsed = Listed.safeParse(parseJson(listed.value));
      if (!parsed.success) return err({ kind: 'unexpected', service: 'GitHub', status: 0 });
      return ok(Object.fromEntries(parsed.data.map(({ name, updatedAt }) => [name, Date.parse(updatedAt)])));
    },
    async set(place, name, value) {
      const at = nameGithubPlace(place, environment);
      const set = await run({ program, words: ['secret', 'set', name, '--env', at], at, input: value.reveal() });
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
/** All that is read of what it says is wrong. */
const NOT_FOUND = /\bHTTP 404\b/u;

interface Call {
  readonly program: string;
  readonly words: readonly string[];
  /** The GitHub environment. */
  readonly at: string;
  readonly input: string;
}

/** Its errors are not passed on: `gh` may quote what it was given. */
function run({ program, words, at, input }: Call): Promise<Result<string, VendorFailure>> {
  return new Promise(resolve => {
    const child = spawn(program, words, { stdio: ['pipe', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    const complaints: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
    const missing = (what: string): void => resolve(err({ kind: 'missing', service: 'GitHub', what }));
    child.once('error', () => missing(`command ${program} here; install it`));
    child.once('close', code => {
      if (code === 0) resolve(ok(Buffer.concat(chunks).toString('utf8')));
      else if (code === NOT_SIGNED_IN) resolve(err({ kind: 'unauthorized', service: 'GitHub' }));
      else if (NOT_FOUND.test(Buffer.concat(complaints).toString('utf8')))
        missing(`environment ${at} that you may see. Next: .github/README.md, "To set up once"`);
      else resolve(err({ kind: 'unexpected', service: 'GitHub', status: code ?? 0 }));
    });
    child.stdin.on('error', () => undefined); // A program that does not read ends with its own code.
    child.stdin.end(input);
  });
}
