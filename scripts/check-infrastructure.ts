import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { type Check, runChecks } from './checks/check.ts';
import { findSecretsInHistory } from './checks/secrets-scan.ts';
import { tellOutcome } from './checks/tell-outcome.ts';
import { findWorkflowProblems } from './checks/workflows.ts';

/** `pnpm check-infrastructure`: what can be said about infrastructure without an account. About two minutes. */
const HELP = `Usage: ./dev check-infrastructure

Terraform against the providers' real schemas, rules and policies; Ansible's roles, templates and firewalls on an invented
server; the workflows; secrets in any commit. Needs Terraform, root and what packages/ansible-check/README.md lists; asks no
vendor. One line for each; exit 1 when one of them finds something.`;

const ROOT = join(import.meta.dirname, '..');

readArguments(HELP, {});
const started = performance.now();
const outcomes = await runChecks(
  [
    { name: 'Ansible', run: () => runProgram('ansible', 'packages/ansible-check/src/main.ts') },
    { name: 'Terraform', run: () => runProgram('terraform', 'packages/terraform-check/src/main.ts') },
    { name: 'workflows', run: () => findWorkflowProblems(ROOT) },
    { name: 'plain secrets', run: () => findSecretsInHistory(ROOT) },
  ] satisfies Check[],
  { concurrency: 2, tell: tellOutcome },
);
const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
console.log(
  `${outcomes.length - failed} of ${outcomes.length} found nothing, in ${((performance.now() - started) / 1000).toFixed(0)} s`,
);
process.exitCode = failed === 0 ? 0 : 1;

/** A program of ours that tells each of its steps itself: its lines pass as they come, with its name in front. */
function runProgram(name: string, program: string): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, program)], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', line => console.log(`  ${name} │ ${line}`));
    }
    child.once('error', reject);
    child.once('close', (code, signal) =>
      resolve(code === 0 ? [] : [`${program} ended with ${code ?? signal}: see above`]),
    );
  });
}
