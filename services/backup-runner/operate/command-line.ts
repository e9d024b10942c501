import path from 'node:path';
import { parseArgs } from 'node:util';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** What an operator asked for. */
export type OperateCommand =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'status' }
  | { readonly kind: 'runs'; readonly last: number }
  | { readonly kind: 'show'; readonly runId: RunId; readonly json: boolean }
  | { readonly kind: 'kept'; readonly json: boolean }
  | { readonly kind: 'init' }
  | { readonly kind: 'launch'; readonly reason: string; readonly acceptSmaller: boolean }
  | {
      readonly kind: 'verify';
      readonly freshnessHours: number;
      readonly restoreDays: number;
      readonly repository: boolean;
      readonly json: boolean;
    }
  | { readonly kind: 'erasures' }
  | { readonly kind: 'unlock'; readonly yes: boolean }
  | { readonly kind: 'restic'; readonly scope: 'read' | 'maintain'; readonly words: readonly string[] }
  | { readonly kind: 'vault-key'; readonly file: string };

export interface UsageError {
  readonly sentence: string;
  readonly help: string;
}

const HELP = `Usage: pnpm backups COMMAND …

How the nightly backups are, and what an operator does about them.

  status                             last good run, how much could be lost now, how long a recovery takes, what runs
  runs [--last N]                    the newest runs (10)
  show RUN [--json]                  everything about one run
  kept [--json]                      what retention keeps, why, and when each run goes
  verify [--freshness-hours 26] [--restore-days 8] [--repository] [--json]
                                     whether the company could be restored: a fresh backup, and one that the databases
                                     were rebuilt from; --repository: and the vault holds it. Ends with 1 when not
  launch --reason TEXT [--accept-smaller]
                                     a backup now; --accept-smaller when a source shrank for a good reason
  erasures                           pending erasures as JSON, for pnpm restore --erasures
  unlock [--yes]                     who holds the repository; --yes removes what dead processes left
  restic [--maintain] -- WORD…       restic itself on the repository, with a token for six hours that can only read;
                                     --maintain: one for two hours that can also repair the index
  vault-key --to FILE                makes the key of the vault's tokens, once
  init                               makes the repository, once

Environment (each secret also as <NAME>_FILE, a path):
  status, runs, show, verify, erasures
                                     GOOGLE_CLOUD_PROJECT, FIRESTORE_OPS_DATABASE (ops)
  kept, unlock, restic, init, verify --repository
                                     VAULT_URL, VAULT_REPOSITORY (company), VAULT_SIGNING_KEY, RESTIC_PASSWORD;
                                     or RESTIC_REPOSITORY and RESTIC_PASSWORD
  launch                             BACKUP_LAUNCH_URL, the function's address; BACKUP_LAUNCH_TOKEN, from
                                     gcloud auth print-identity-token`;

/** A day and two hours; a week and a day for a retry: what the sweep raises its alarms by, too. */
const FRESHNESS_HOURS = 26;
const RESTORE_DAYS = 8;
const HOURS_MAX = 24 * 31;
const DAYS_MAX = 90;
const RUNS_SHOWN = 10;
const RUNS_MAX = 400; // a year and its retries

const OPTIONS = {
  status: {},
  runs: { last: { type: 'string' } },
  show: { json: { type: 'boolean', default: false } },
  kept: { json: { type: 'boolean', default: false } },
  launch: { reason: { type: 'string' }, 'accept-smaller': { type: 'boolean', default: false } },
  verify: {
    'freshness-hours': { type: 'string', default: String(FRESHNESS_HOURS) },
    'restore-days': { type: 'string', default: String(RESTORE_DAYS) },
    repository: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
  erasures: {},
  unlock: { yes: { type: 'boolean', default: false } },
  restic: { maintain: { type: 'boolean', default: false } },
  'vault-key': { to: { type: 'string' } },
  init: {},
} as const;

export function readOperateCommand(words: readonly string[]): Result<OperateCommand, UsageError> {
  const [name, ...rest] = words;
  const own = words.includes('--') ? words.slice(0, words.indexOf('--')) : words;
  if (name === undefined || name === 'help' || own.includes('--help') || own.includes('-h'))
    return ok({ kind: 'help', text: HELP });
  const read = readNamed(name, rest);
  return read.ok ? read : err({ sentence: read.error, help: HELP });
}

function readNamed(name: string, args: readonly string[]): Result<OperateCommand, string> {
  if (!Object.hasOwn(OPTIONS, name)) return err(`There is no command ${name}.`);
  try {
    switch (name as keyof typeof OPTIONS) {
      case 'status':
        parseArgs({ args: [...args], options: OPTIONS.status });
        return ok({ kind: 'status' });
      case 'erasures':
        parseArgs({ args: [...args], options: OPTIONS.erasures });
        return ok({ kind: 'erasures' });
      case 'init':
        parseArgs({ args: [...args], options: OPTIONS.init });
        return ok({ kind: 'init' });
      case 'unlock':
        return ok({ kind: 'unlock', yes: parseArgs({ args: [...args], options: OPTIONS.unlock }).values.yes });
      case 'restic': {
        const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS.restic, allowPositionals: true });
        return positionals.length === 0
          ? err('What is restic to do? Such as: pnpm backups restic -- check')
          : ok({ kind: 'restic', scope: values.maintain ? 'maintain' : 'read', words: positionals });
      }
      case 'vault-key': {
        const { to = '' } = parseArgs({ args: [...args], options: OPTIONS['vault-key'] }).values;
        return to === '' ? err('Where to? --to FILE is missing.') : ok({ kind: 'vault-key', file: path.resolve(to) });
      }
      case 'kept':
        return ok({ kind: 'kept', json: parseArgs({ args: [...args], options: OPTIONS.kept }).values.json });
      case 'runs': {
        const { last = String(RUNS_SHOWN) } = parseArgs({ args: [...args], options: OPTIONS.runs }).values;
        const count = Number(last);
        return isWithin(count, RUNS_MAX)
          ? ok({ kind: 'runs', last: count })
          : err(`--last takes a number from 1 to ${RUNS_MAX}.`);
      }
      case 'verify': {
        const { values } = parseArgs({ args: [...args], options: OPTIONS.verify });
        const freshnessHours = Number(values['freshness-hours']);
        const restoreDays = Number(values['restore-days']);
        if (!isWithin(freshnessHours, HOURS_MAX))
          return err(`--freshness-hours takes a number from 1 to ${HOURS_MAX}.`);
        if (!isWithin(restoreDays, DAYS_MAX)) return err(`--restore-days takes a number from 1 to ${DAYS_MAX}.`);
        const { repository, json } = values;
        return ok({ kind: 'verify', freshnessHours, restoreDays, repository, json });
      }
      case 'show': {
        const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS.show, allowPositionals: true });
        const runId = RunId.safeParse(positionals[0]);
        if (!runId.success || positionals.length > 1) return err('Which run? A run id such as 2026-11-21.');
        return ok({ kind: 'show', runId: runId.data, json: values.json });
      }
      case 'launch': {
        const { values } = parseArgs({ args: [...args], options: OPTIONS.launch });
        const reason = values.reason?.trim() ?? '';
        return reason === ''
          ? err('Why? --reason TEXT is kept with the run.')
          : ok({ kind: 'launch', reason, acceptSmaller: values['accept-smaller'] });
      }
    }
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    return err(error.message);
  }
}

const isWithin = (count: number, most: number): boolean => Number.isInteger(count) && count >= 1 && count <= most;
