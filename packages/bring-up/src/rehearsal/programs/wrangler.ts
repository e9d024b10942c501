import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import { standInWrangler } from '@innkeeper/deployment/testing/stand-in-wrangler';
import * as z from 'zod';
import { type Account, cloudWorld, type ProgramCall, refused } from './account.ts';

const Configuration = z.object({ name: z.string(), account_id: z.string() });

/**
 * Cloudflare's program: what is uploaded is first bundled by the real one (`--dry-run`), with the very configuration;
 * who serves what is the deployment's stand-in's.
 */
export async function wrangler(call: ProgramCall, account: Account, repository: string): Promise<ProgramRun> {
  const { args, cwd } = call;
  const at = args.indexOf('--config');
  const file = at === -1 ? undefined : resolve(cwd, args[at + 1] ?? '');
  const isUpload = args[0] === 'deploy' || args[1] === 'upload';
  if (isUpload && file !== undefined) {
    const problem = await bundle(file, repository, call.environment['PATH'] ?? '');
    if (problem !== undefined) return refused(problem);
  }
  const known = file === undefined ? undefined : Configuration.parse(JSON.parse(readFileSync(file, 'utf8')));
  // In a configuration that names the account the real one needs no variable.
  const environment = { CLOUDFLARE_ACCOUNT_ID: known?.account_id ?? '', ...call.environment };
  const world = cloudWorld(account);
  const done = standInWrangler(args, world, {
    cwd,
    environment,
    readText: path => readFileSync(resolve(cwd, path), 'utf8'),
  });
  account.made = world.made;
  if (done.exitCode === 0 && isUpload && known !== undefined) serve(known.name, account);
  return done;
}

async function bundle(file: string, repository: string, path: string): Promise<string | undefined> {
  const real = join(repository, 'packages/deployment/node_modules/.bin/wrangler');
  const env = { PATH: path, HOME: join(repository, '..'), CI: 'true', WRANGLER_SEND_METRICS: 'false' };
  try {
    await promisify(execFile)(real, ['deploy', '--dry-run', '--config', file], { env });
    return undefined;
  } catch (error) {
    return `wrangler deploy --dry-run --config ${file} failed: ${String(error)}`;
  }
}

/** Whoever gives secrets to a Worker finds it from now on. */
function serve(name: string, { vendors }: Account): void {
  const known = vendors?.cloudflare.workers.get(name);
  if (known === undefined) {
    vendors?.cloudflare.workers.set(name, { secrets: new Map(), versions: 1, isNewestDeployed: true });
  } else known.versions += 1;
}
