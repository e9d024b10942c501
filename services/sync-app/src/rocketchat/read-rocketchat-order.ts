import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { type Asked, asksForHelp, readOptions, type UsageError } from '../command-line/usage.ts';

/** What an operator asked of `pnpm rocketchat`. */
export interface RocketChatOrder {
  readonly action: 'verify' | 'set-up';
  readonly json: boolean;
  readonly as?: string;
}

const HELP = `Usage: pnpm rocketchat COMMAND [--json] [--as NAME]

What Rocket.Chat needs for the assistant: the bot with its role, the role's exemption from the limit of ten calls a
minute and its right to make a token, and one outgoing integration with token, retries, and the rooms it listens to. Others'
integrations are never touched.

  verify  says what is missing and changes nothing
  set-up  makes or puts right what is missing; said again, it changes nothing

  --json     the answer as JSON
  --as NAME  who stands in the audit, instead of this machine's user

The bot's personal access token is made by a person, signed in as the bot: Rocket.Chat shows it once, to that user alone.

Ends with 0 when all is well, 1 when something is missing or was refused, 2 for a wrong command.

Environment (each secret also as <NAME>_FILE, a path):
  ROCKETCHAT_URL, ROCKETCHAT_ADMIN_USER_ID, ROCKETCHAT_ADMIN_AUTH_TOKEN, ROCKETCHAT_BOT_USERNAME, QUESTIONS_URL,
  ROCKETCHAT_WEBHOOK_TOKEN; for set-up also GOOGLE_CLOUD_PROJECT, FIRESTORE_OPS_DATABASE (ops), where the audit is, and to
  make the bot ROCKETCHAT_BOT_EMAIL and ROCKETCHAT_BOT_PASSWORD`;

const OPTIONS = { json: { type: 'boolean', default: false }, as: { type: 'string' } } as const;

export function readRocketChatOrder(words: readonly string[]): Result<Asked<RocketChatOrder>, UsageError> {
  if (words.length === 0 || asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const [action = '', ...rest] = words;
  if (action !== 'verify' && action !== 'set-up') {
    return err({ sentence: `There is no command ${action}.`, help: HELP });
  }
  const read = readOptions(rest, OPTIONS);
  return read.ok ? ok({ kind: 'order', order: { action, ...read.value } }) : err({ sentence: read.error, help: HELP });
}
