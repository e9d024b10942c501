import { join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { runChecks } from './checks/check.ts';
import { ansibleCheck, quickInfrastructureChecks } from './checks/infrastructure-checks.ts';
import { findSecretsInHistory } from './checks/secrets-scan.ts';
import { tellOutcome } from './checks/tell-outcome.ts';

/** `pnpm check-infrastructure`: what can be said about infrastructure without an account. About two minutes. */
const HELP = `Usage: ./dev check-infrastructure

Terraform against the providers' real schemas, rules and policies; Ansible's roles, templates and firewalls on an invented
server; the workflows; secrets in any commit. Needs Terraform, root and what packages/ansible-check/README.md lists; asks no
vendor. One line for each; exit 1 when one of them finds something.`;

const ROOT = join(import.meta.dirname, '..');

readArguments(HELP, {});
const started = performance.now();
const tellLine = (line: string): void => console.log(`  │ ${line}`);
const outcomes = await runChecks(
  [
    ansibleCheck(ROOT, tellLine), // the slowest first, so that the rest fits beside it
    ...quickInfrastructureChecks(ROOT, tellLine),
    { name: 'plain secrets', run: () => findSecretsInHistory(ROOT) },
  ],
  { concurrency: 2, tell: tellOutcome },
);
const failed = outcomes.filter(({ problems }) => problems.length > 0).length;
const seconds = ((performance.now() - started) / 1000).toFixed(0);
console.log(`${outcomes.length - failed} of ${outcomes.length} found nothing, in ${seconds} s`);
process.exitCode = failed === 0 ? 0 : 1;
