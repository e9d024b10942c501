import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readCount, readVendors } from '../command-line/read-values.ts';
import { type Asked, asksForHelp, readOptions, type UsageError } from '../command-line/usage.ts';

/** What an operator asked of `pnpm reconcile`. */
export type ReconcileOrder =
  | {
      readonly kind: 'compare';
      readonly vendors: readonly RecordSource[];
      readonly watch: boolean;
      readonly json: boolean;
      readonly as?: string;
    }
  | {
      readonly kind: 'report';
      readonly vendors: readonly RecordSource[];
      readonly last: number;
      readonly json: boolean;
    };

const HELP = `Usage: pnpm reconcile [run | report] …

Compares the records with what the vendors' lists say, heals what is missing or older, and reads again, one by one, what
a list no longer shows. Each Worker does so by itself: what changed in the last minutes every five minutes, everything
each night. This command does the nightly comparison now.

  run      (or no word)              compares now, shows how far it is and prints its report
           --vendor guesty|aircall   only this one (both)
           --no-watch                begins and returns
           --json                    the report as JSON
           --as NAME                 who stands in the audit, instead of this machine's user
  report   what was found before     --last N (20), --vendor, --json

Ends with 0 when everything was compared, 1 when something was not, 2 for a wrong command.

Environment (each secret also as <NAME>_FILE, a path):
  run      GUESTY_WEBHOOK_ORIGIN, AIRCALL_WEBHOOK_ORIGIN, OPERATOR_TOKEN
  both     GOOGLE_CLOUD_PROJECT, FIRESTORE_DATABASE ((default)), FIRESTORE_OPS_DATABASE (ops)`;

const OPTIONS = {
  run: {
    vendor: { type: 'string' },
    watch: { type: 'boolean', default: true },
    json: { type: 'boolean', default: false },
    as: { type: 'string' },
  },
  report: { vendor: { type: 'string' }, last: { type: 'string' }, json: { type: 'boolean', default: false } },
} as const;

const REPORTS_SHOWN = 20;
const REPORTS_MAX = 500;

export function readReconcileOrder(words: readonly string[]): Result<Asked<ReconcileOrder>, UsageError> {
  if (asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const [first = '', ...rest] = words;
  const isOption = first === '' || first.startsWith('-');
  const read = isOption ? readRun(words) : readNamed(first, rest);
  return read.ok ? ok({ kind: 'order', order: read.value }) : err({ sentence: read.error, help: HELP });
}

function readNamed(name: string, words: readonly string[]): Result<ReconcileOrder, string> {
  if (name === 'run') return readRun(words);
  return name === 'report' ? readReport(words) : err(`There is no command ${name}.`);
}

function readRun(words: readonly string[]): Result<ReconcileOrder, string> {
  const read = readOptions(words, OPTIONS.run);
  if (!read.ok) return read;
  const { vendor, ...rest } = read.value;
  const vendors = readVendors(vendor);
  return vendors.ok ? ok({ kind: 'compare', vendors: vendors.value, ...rest }) : vendors;
}

function readReport(words: readonly string[]): Result<ReconcileOrder, string> {
  const read = readOptions(words, OPTIONS.report);
  if (!read.ok) return read;
  const vendors = readVendors(read.value.vendor);
  if (!vendors.ok) return vendors;
  const last = readCount('--last', read.value.last, REPORTS_MAX);
  if (!last.ok) return last;
  return ok({ kind: 'report', vendors: vendors.value, last: last.value ?? REPORTS_SHOWN, json: read.value.json });
}
