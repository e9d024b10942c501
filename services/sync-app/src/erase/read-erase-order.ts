import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { readCount } from '../command-line/read-values.ts';
import { type Asked, asksForHelp, readOptions, type UsageError } from '../command-line/usage.ts';

/** What an operator asked of `pnpm erase`. */
export interface EraseOrder {
  readonly whom: Whom;
  /** Without it nothing is changed. */
  readonly yes: boolean;
  readonly json: boolean;
  /** How long to wait until the index has followed, seconds. */
  readonly waitSeconds: number;
  readonly as?: string;
}

/** One guest, or words that find guests and never choose one. */
export type Whom =
  | { readonly by: 'guest'; readonly id: string }
  | { readonly by: 'reservation'; readonly id: string }
  | { readonly by: 'phone' | 'email' | 'name'; readonly words: string };

const WAIT_SECONDS = 120;
const WAIT_SECONDS_MAX = 3_600;

const HELP = `Usage: pnpm erase --guest ID [--yes] …
       pnpm erase --reservation ID [--yes] …
       pnpm erase --phone NUMBER | --email ADDRESS | --name NAME

Takes a guest out of everything Innkeeper keeps: records, raw events, telephone links, questions and answers, the
assistant's own posts. Stays of the guest remain as anonymous occupancy. Without --yes it only says what it would do.
Repeat it after it was cut off, and after a new booking if that must go too: what is done stays done.

  --guest ID         Guesty's id of the guest
  --reservation ID   the guest of this booking
  --phone, --email, --name
                     lists guests that fit, with their ids; never erases
  --yes              does it; on a terminal you type the guest's id once more
  --wait SECONDS     how long to wait until the index has followed (${WAIT_SECONDS})
  --json             what was found and done, without a name, as JSON
  --as NAME          who stands in the audit, instead of this machine's user

It does not change what people wrote to each other in the team chat: messages that name the guest are listed by id, for a
person to decide. Backups cannot be changed: it says which still hold the guest and until when, and leaves an order in
\`erasures\` that every restore repeats. At the vendors erase separately, before or after: what they send again of this
guest is anonymised on its way in, except bookings made after the erasure.

Ends with 0 when all is done (or nothing was asked to be changed), 1 when something is left, 2 for a wrong command.

Environment (each secret also as <NAME>_FILE, a path):
  GOOGLE_CLOUD_PROJECT, FIRESTORE_DATABASE ((default)), FIRESTORE_OPS_DATABASE (ops),
  ROCKETCHAT_URL, ROCKETCHAT_USER_ID, ROCKETCHAT_AUTH_TOKEN, PHONE_REGION_DEFAULT (none)`;

const TEXT = { type: 'string' } as const;
const OPTIONS = {
  guest: TEXT,
  reservation: TEXT,
  phone: TEXT,
  email: TEXT,
  name: TEXT,
  yes: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  wait: TEXT,
  as: TEXT,
} as const;

export function readEraseOrder(words: readonly string[]): Result<Asked<EraseOrder>, UsageError> {
  if (words.length === 0 || asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const read = readWords(words);
  return read.ok ? ok({ kind: 'order', order: read.value }) : err({ sentence: read.error, help: HELP });
}

function readWords(words: readonly string[]): Result<EraseOrder, string> {
  const read = readOptions(words, OPTIONS);
  if (!read.ok) return read;
  const { yes, json, wait, as, ...about } = read.value;
  const whom = readWhom(about);
  if (!whom.ok) return whom;
  if (yes && 'words' in whom.value)
    return err('--yes needs --guest ID or --reservation ID: nobody is erased by a search.');
  const waitSeconds = wait === '0' ? ok(0) : readCount('--wait', wait, WAIT_SECONDS_MAX);
  if (!waitSeconds.ok) return waitSeconds;
  return ok({
    whom: whom.value,
    yes,
    json,
    waitSeconds: waitSeconds.value ?? WAIT_SECONDS,
    ...(as === undefined ? {} : { as }),
  });
}

function readWhom(about: Partial<Record<Whom['by'], string | undefined>>): Result<Whom, string> {
  const given = (Object.entries(about) as [Whom['by'], string | undefined][]).filter(([, word]) => word !== undefined);
  const [first, second] = given;
  if (first === undefined || second !== undefined) {
    return err('Whom? One of --guest, --reservation, --phone, --email and --name.');
  }
  const [by, word] = first;
  const trimmed = word?.trim() ?? '';
  if (trimmed === '') return err(`--${by} takes a text.`);
  return ok(by === 'guest' || by === 'reservation' ? { by, id: trimmed } : { by, words: trimmed });
}
