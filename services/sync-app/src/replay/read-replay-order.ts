import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readCount, readInstant, readList } from '../command-line/read-values.ts';
import { type Asked, asksForHelp, readOptions, type UsageError } from '../command-line/usage.ts';

/** What an operator asked of `pnpm replay`. */
export interface ReplayOrder {
  readonly choice: Choice;
  /** Sends; without it everything is only looked at. */
  readonly yes: boolean;
  /** How long to wait while nothing more is settled. */
  readonly waitMs: number;
  readonly json: boolean;
  readonly as?: string;
}

/** Which events or parked things; all that is said must be true of them. */
export interface Choice {
  readonly source?: StoredEvent['source'];
  /** The vendor's name of the event; `*` stands for any text. */
  readonly event?: string;
  /** ISO 8601 UTC; of an event when it was received, of a parked thing when it was parked. `to` is not included. */
  readonly from?: string;
  readonly to?: string;
  /** Only what is parked; with `reason` only for that one. */
  readonly parked?: { readonly reason?: string };
  /** Ids of documents in `events` or `parked`. */
  readonly ids?: readonly string[];
  readonly limit: number;
}

const HELP = `Usage: pnpm replay WHICH … [--yes]

Reads stored events again, and what is parked, as if they came now: under their own ids and with their own times, so that
it changes nothing a newer word has settled. Safe to repeat. A dry run unless you say --yes.

  WHICH, at least one; all that is said must be true
    --parked [REASON]     what could not be processed, such as payload_unexpected or attempts_exhausted
    --source NAME         guesty, aircall or rocketchat
    --event PATTERN       the vendor's name of the event: reservation.updated, 'call.*'
    --from, --to DATE     received (parked) since, before: 2026-11-21 or 2026-11-21T09:30:00Z
    --id ID               one event or parked thing; may be repeated
  --limit N               at most so many (10000), the oldest first
  --yes                   sends them
  --wait SECONDS          how long to wait while nothing more is settled (60)
  --json                  the answer as JSON
  --as NAME               who stands in the audit, instead of this machine's user

Events go through their Worker's queue, things that could not be read from a vendor are read again, chat changes go
through Pub/Sub again, documents that could not be indexed are touched so that they are indexed again. What cannot be
replayed is named with the reason.

Ends with 0 when everything chosen was settled, 1 when something was parked again, is still under way or could not be
replayed, 2 for a wrong command.

Environment (each secret also as <NAME>_FILE, a path):
  GOOGLE_CLOUD_PROJECT, FIRESTORE_DATABASE ((default))
  with --yes: GUESTY_WEBHOOK_ORIGIN, AIRCALL_WEBHOOK_ORIGIN, OPERATOR_TOKEN, FIRESTORE_OPS_DATABASE (ops),
              CHAT_TOPIC_BACKFILL (chat-backfill)`;

const OPTIONS = {
  parked: { type: 'string' },
  source: { type: 'string' },
  event: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  id: { type: 'string', multiple: true },
  limit: { type: 'string' },
  wait: { type: 'string' },
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  as: { type: 'string' },
} as const;

const LIMIT = 10_000;
const LIMIT_MAX = 100_000;
const WAIT_SECONDS = 60;
const WAIT_SECONDS_MAX = 3_600;

export function readReplayOrder(words: readonly string[]): Result<Asked<ReplayOrder>, UsageError> {
  if (words.length === 0 || asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const order = readOrder(words);
  return order.ok ? ok({ kind: 'order', order: order.value }) : err({ sentence: order.error, help: HELP });
}

function readOrder(words: readonly string[]): Result<ReplayOrder, string> {
  const read = readOptions(withOptionalReason(words), OPTIONS);
  if (!read.ok) return read;
  const { yes, json, as } = read.value;
  const choice = readChoice(read.value);
  if (!choice.ok) return choice;
  const wait = readCount('--wait', read.value.wait, WAIT_SECONDS_MAX);
  if (!wait.ok) return wait;
  return ok({
    choice: choice.value,
    yes,
    waitMs: (wait.value ?? WAIT_SECONDS) * 1_000,
    json,
    ...(as === undefined ? {} : { as }),
  });
}

/** `--parked` may stand alone, which `parseArgs` has no form for. */
const withOptionalReason = (words: readonly string[]): readonly string[] =>
  words.flatMap((word, index) => {
    if (word !== '--parked') return [word];
    const next = words[index + 1];
    return next === undefined || next.startsWith('-') ? ['--parked='] : [word];
  });

const SOURCES = ['guesty', 'aircall', 'rocketchat'] as const satisfies readonly StoredEvent['source'][];

interface ChoiceWords {
  readonly parked?: string;
  readonly source?: string;
  readonly event?: string;
  readonly from?: string;
  readonly to?: string;
  readonly id?: readonly string[];
  readonly limit?: string;
}

function readChoice(words: ChoiceWords): Result<Choice, string> {
  const source = SOURCES.find(known => known === words.source);
  if (words.source !== undefined && source === undefined)
    return err(`There is no source ${words.source}: ${SOURCES.join(', ')}.`);
  const from = readInstant('--from', words.from);
  if (!from.ok) return from;
  const to = readInstant('--to', words.to);
  if (!to.ok) return to;
  if (from.value !== undefined && to.value !== undefined && from.value >= to.value)
    return err('--from must be before --to.');
  const limit = readCount('--limit', words.limit, LIMIT_MAX);
  if (!limit.ok) return limit;
  const ids = readList(words.id);
  const said = {
    ...(source === undefined ? {} : { source }),
    ...(words.event === undefined ? {} : { event: words.event }),
    ...(from.value === undefined ? {} : { from: from.value }),
    ...(to.value === undefined ? {} : { to: to.value }),
    ...(words.parked === undefined ? {} : { parked: words.parked === '' ? {} : { reason: words.parked } }),
    ...(ids === undefined ? {} : { ids }),
  };
  if (Object.keys(said).length === 0)
    return err('Which? Say at least one of --parked, --source, --event, --from, --to, --id.');
  return ok({ ...said, limit: limit.value ?? LIMIT });
}
