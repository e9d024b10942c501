import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProgramRun } from '@innkeeper/deployment/testing/cloud-world';
import { startStandIn } from '@innkeeper/local-stack/stand-ins/stand-in-server';
import * as z from 'zod';
import { type Account, type ProgramCall, refused } from './account.ts';
import { ansiblePlaybook } from './ansible-playbook.ts';
import { gcloud } from './gcloud.ts';
import { gh } from './gh.ts';
import { sops } from './sops.ts';
import { wrangler } from './wrangler.ts';

const Call = z.object({
  program: z.string(),
  args: z.array(z.string()),
  cwd: z.string(),
  environment: z.record(z.string(), z.string()),
});
const PLAYED = ['ansible-playbook', 'gcloud', 'gh', 'sops', 'wrangler'];

export interface Desk {
  readonly close: () => Promise<void>;
}

/** Puts programs of the vendors into `folder`, for a PATH. All of them answer from one account, in this process. */
export async function openDesk(options: {
  readonly folder: string;
  readonly account: Account;
  readonly repository: string;
  /** Variables that the real Terraform is to have. */
  readonly terraform: Readonly<Record<string, string>>;
}): Promise<Desk> {
  const { folder, account, repository } = options;
  const server = await startStandIn({
    name: 'programs',
    port: 0,
    answer: async ({ body }) => {
      const call = Call.parse(JSON.parse(body.toString('utf8')));
      return { status: 200, body: await answer(call, account, repository) };
    },
  });
  mkdirSync(folder, { recursive: true });
  const client = join(import.meta.dirname, 'ask-desk.ts');
  for (const program of PLAYED) {
    const words = [process.execPath, client, server.url, program].map(word => `'${word}'`).join(' ');
    writeProgram(join(folder, program), `unset NODE_OPTIONS\nexec ${words} "$@"\n`);
  }
  const variables = Object.entries(options.terraform).map(([name, value]) => `export ${name}='${value}'\n`);
  // The next one of that name on the PATH is the real one.
  const real = `folder='${folder}'\nPATH=$(printf %s ":$PATH:" | sed "s#:$folder:#:#g; s#^:##; s#:\\$##")\n`;
  writeProgram(join(folder, 'terraform'), `${variables.join('')}${real}exec terraform "$@"\n`);
  return { close: () => server.close() };
}

function writeProgram(path: string, lines: string): void {
  writeFileSync(path, `#!/bin/sh\n${lines}`);
  chmodSync(path, 0o755);
}

function answer(call: ProgramCall, account: Account, repository: string): Promise<ProgramRun> | ProgramRun {
  switch (call.program) {
    case 'ansible-playbook':
      return ansiblePlaybook(call);
    case 'gcloud':
      return gcloud(call, account);
    case 'gh':
      return gh(call, account);
    case 'sops':
      return sops(call);
    case 'wrangler':
      return wrangler(call, account, repository);
    default:
      return refused(`there is no stand-in of ${call.program}`);
  }
}
