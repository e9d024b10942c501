import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '@innkeeper/github-reports/issues/finding';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { backupFindings } from './workflows/findings/backup-findings.ts';
import { credentialFindings } from './workflows/findings/credential-findings.ts';
import { deploymentFindings } from './workflows/findings/deployment-findings.ts';
import { driftFindings } from './workflows/findings/drift-findings.ts';

/** Turns what a job of a workflow left behind into findings, for `./dev github-reports`. Reads files, prints JSON. */
const HELP = `Usage: ./dev workflow-findings deployment --environment <name> --exit-code <number> <file>
       ./dev workflow-findings backups --environment <name> --exit-code <number> <file>
       ./dev workflow-findings drift --environment <name> <folder>

Prints [{ "key", "title", "body" }], [] where there is nothing to look at.
  deployment   of the outcome that ./dev deploy wrote, and how it ended
  backups      of what scripts/backup-verify.sh --json printed, and how it ended
  drift        of what scripts/workflows/plan.sh, ansible-drift.sh and ./dev secrets reminders left in a folder`;

const { values, positionals } = readArguments(HELP, {
  options: { environment: { type: 'string' }, 'exit-code': { type: 'string', default: '1' } },
  allowPositionals: true,
});
const [kind = '', path] = positionals;
const found = path === undefined || values.environment === undefined ? undefined : find(kind, values.environment, path);
if (found === undefined) {
  console.error(HELP);
  process.exitCode = 2;
} else {
  console.log(JSON.stringify(found, undefined, 2));
}

function find(kind: string, environment: string, path: string): Finding[] | undefined {
  const exitCode = Number(values['exit-code']);
  switch (kind) {
    case 'deployment':
      return deploymentFindings({ environment, exitCode, text: textOf(path) ?? '' });
    case 'backups':
      return backupFindings({ environment, exitCode, text: textOf(path) ?? '' });
    case 'drift':
      return driftOf(environment, path);
    default:
      return undefined;
  }
}

/** What is missing there was cut off: not known to be well. */
function driftOf(environment: string, folder: string): Finding[] {
  const read = (name: string): string => textOf(join(folder, name)) ?? '';
  const drift = driftFindings({
    environment,
    terraform: { status: read('status').trim(), text: read('plan.txt'), policies: read('policies.txt') },
    ansible: { status: read('ansible-status').trim(), markdown: read('ansible.md') },
  });
  return [...drift, ...credentialFindings(environment, read('reminders.json'))];
}

/** `undefined`: there is no such file. */
function textOf(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}
