import { join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { allChecks } from './checks/all-checks.ts';
import { runChecks } from './checks/check.ts';
import { tellOutcome } from './checks/tell-outcome.ts';

/** `pnpm check`: everything that can be said about the sources without running them. Offline, in seconds. */
const HELP = `Usage: ./dev check

Formatting, typed lint, types, dead code, plain secrets in any commit, pinned versions and actions, cited paths, import
directions, the Workers' sizes, and every table and guide that is generated. One line for each; exit 1 when one of them
finds something.`;

readArguments(HELP, {});
const outcomes = await runChecks(allChecks(join(import.meta.dirname, '..')), { concurrency: 2, tell: tellOutcome });
process.exitCode = outcomes.every(({ problems }) => problems.length === 0) ? 0 : 1;
