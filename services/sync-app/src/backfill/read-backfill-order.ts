import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readInstant, readList, readVendors } from '../command-line/read-values.ts';
import { type Asked, asksForHelp, readOptions, type UsageError } from '../command-line/usage.ts';

/** What an operator asked of `pnpm backfill`. */
export type BackfillOrder =
  | {
      readonly kind: 'start';
      readonly vendors: readonly RecordSource[];
      readonly resources?: readonly string[];
      readonly from?: string;
      readonly to?: string;
      readonly dryRun: boolean;
      readonly watch: boolean;
      readonly json: boolean;
      readonly as?: string;
    }
  | {
      readonly kind: 'status';
      readonly vendors: readonly RecordSource[];
      readonly watch: boolean;
      readonly json: boolean;
    }
  | { readonly kind: 'cancel'; readonly vendors: readonly RecordSource[]; readonly job?: string; readonly as?: string };

const HELP = `Usage: pnpm backfill COMMAND …

Fills the records from the vendors' lists, through the same queue and consumer as webhooks. The walk happens in the
Worker, page by page and within the vendor's limits; what people do now goes first. It needs nobody who watches, goes on
after a crash at the page it was at, and what is known already is not sent again.

  start    begins walks and shows how far they are
           --vendor guesty|aircall   only this one (both)
           --resources a,b           only these lists (all); needs --vendor
                                     guesty: listings, reservations, guests, conversations, tasks
                                     aircall: calls, call-insights, contacts
           --from, --to DATE         other bounds than each list's own (reservations: arrival −12 to +18 months)
           --dry-run                 reads and counts, sends nothing
           --no-watch                begins and returns
           --json                    the walks as JSON in the end
           --as NAME                 who stands in the audit, instead of this machine's user
  status   how far they are          --vendor, --watch, --json
  cancel   ends them                 --vendor, --job ID, --as

On a terminal a bar for each list, elsewhere one line of JSON per change, both on standard error. Ctrl-C only ends the
watching. Ends with 0 when every walk is done, 1 when one failed or was not seen to its end, 2 for a wrong command.

Environment (each secret also as <NAME>_FILE, a path):
  GUESTY_WEBHOOK_ORIGIN, AIRCALL_WEBHOOK_ORIGIN, OPERATOR_TOKEN, GOOGLE_CLOUD_PROJECT, FIRESTORE_OPS_DATABASE (ops)`;

const VENDOR = { vendor: { type: 'string' } } as const;
const JSON_OUTPUT = { json: { type: 'boolean', default: false } } as const;
const AS = { as: { type: 'string' } } as const;
const OPTIONS = {
  start: {
    ...VENDOR,
    ...JSON_OUTPUT,
    ...AS,
    resources: { type: 'string', multiple: true },
    from: { type: 'string' },
    to: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
    watch: { type: 'boolean', default: true },
  },
  status: { ...VENDOR, ...JSON_OUTPUT, watch: { type: 'boolean', default: false } },
  cancel: { ...VENDOR, ...AS, job: { type: 'string' } },
} as const;

export function readBackfillOrder(words: readonly string[]): Result<Asked<BackfillOrder>, UsageError> {
  if (words.length === 0 || asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const [name = '', ...rest] = words;
  const read = readNamed(name, rest);
  return read.ok ? ok({ kind: 'order', order: read.value }) : err({ sentence: read.error, help: HELP });
}

function readNamed(name: string, words: readonly string[]): Result<BackfillOrder, string> {
  switch (name) {
    case 'start':
      return readStart(words);
    case 'status': {
      const read = readOptions(words, OPTIONS.status);
      if (!read.ok) return read;
      const vendors = readVendors(read.value.vendor);
      if (!vendors.ok) return vendors;
      return ok({ kind: 'status', vendors: vendors.value, watch: read.value.watch, json: read.value.json });
    }
    case 'cancel': {
      const read = readOptions(words, OPTIONS.cancel);
      if (!read.ok) return read;
      const { vendor, ...rest } = read.value;
      const vendors = readVendors(vendor);
      return vendors.ok ? ok({ kind: 'cancel', vendors: vendors.value, ...rest }) : vendors;
    }
    default:
      return err(`There is no command ${name}.`);
  }
}

function readStart(words: readonly string[]): Result<BackfillOrder, string> {
  const read = readOptions(words, OPTIONS.start);
  if (!read.ok) return read;
  const { vendor, watch, json, as } = read.value;
  const vendors = readVendors(vendor);
  if (!vendors.ok) return vendors;
  const resources = readList(read.value.resources);
  if (resources !== undefined && vendor === undefined) return err('Whose lists? --resources needs --vendor.');
  const from = readInstant('--from', read.value.from);
  if (!from.ok) return from;
  const to = readInstant('--to', read.value.to);
  if (!to.ok) return to;
  if (from.value !== undefined && to.value !== undefined && from.value >= to.value)
    return err('--from must be before --to.');
  return ok({
    kind: 'start',
    vendors: vendors.value,
    ...(resources === undefined ? {} : { resources }),
    ...(from.value === undefined ? {} : { from: from.value }),
    ...(to.value === undefined ? {} : { to: to.value }),
    dryRun: read.value['dry-run'],
    watch,
    json,
    ...(as === undefined ? {} : { as }),
  });
}
