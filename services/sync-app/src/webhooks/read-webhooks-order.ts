import { operateCalls } from '@innkeeper/shared/contracts/operate';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { SubscriptionAction } from '@innkeeper/shared/subscription/keep-subscription';
import { readVendors } from '../command-line/read-values.ts';
import { type Asked, asksForHelp, readOptions, type UsageError } from '../command-line/usage.ts';

/** What an operator asked of `pnpm webhooks`. */
export interface WebhooksOrder {
  readonly action: SubscriptionAction;
  readonly vendors: readonly RecordSource[];
  readonly json: boolean;
  /** What could lose deliveries is only foretold without it. */
  readonly yes: boolean;
  readonly as?: string;
}

const HELP = `Usage: pnpm webhooks COMMAND [--vendor guesty|aircall|all] [--json] …

The subscriptions through which Guesty and Aircall deliver their events. Each Worker keeps its own: it looks every five
minutes, makes again what was deleted, switches on what was switched off, and knows the secrets. Others' subscriptions are
never touched.

  list      what there is at the vendors now
  register  makes or adopts the subscription at the Worker's address, with exactly the events that are mapped, and has it
            looked after from then on; said again, it puts right what is wrong
  verify    compares everything with the vendor, secrets included, and changes nothing there
  rotate    gives the subscription a new secret: a second one is made, both are taken for 24 hours, then the old one is
            removed; nothing is lost meanwhile                                      needs --yes
  disable   removes the subscription; nothing is delivered any more                 needs --yes

  --vendor guesty|aircall|all  which one (all)
  --yes                        do it; without it, rotate and disable say what they would do
  --json                       the answer as JSON
  --as NAME                    who stands in the audit, instead of this machine's user

Ends with 0 when all is well, 1 when something is wrong at a vendor or a Worker, 2 for a wrong command.

Environment (each secret also as <NAME>_FILE, a path):
  GUESTY_WEBHOOK_ORIGIN, AIRCALL_WEBHOOK_ORIGIN, OPERATOR_TOKEN; for register, rotate and disable also
  GOOGLE_CLOUD_PROJECT, FIRESTORE_OPS_DATABASE (ops), where the audit is`;

const OPTIONS = {
  vendor: { type: 'string', default: 'all' },
  json: { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  as: { type: 'string' },
} as const;

const Action = operateCalls.subscription.request.shape.action;

export function readWebhooksOrder(words: readonly string[]): Result<Asked<WebhooksOrder>, UsageError> {
  if (words.length === 0 || asksForHelp(words)) return ok({ kind: 'help', text: HELP });
  const order = readOrder(words);
  return order.ok ? ok({ kind: 'order', order: order.value }) : err({ sentence: order.error, help: HELP });
}

function readOrder([name = '', ...words]: readonly string[]): Result<WebhooksOrder, string> {
  const action = Action.safeParse(name);
  if (!action.success) return err(`There is no command ${name}.`);
  const read = readOptions(words, OPTIONS);
  if (!read.ok) return read;
  const { vendor, ...rest } = read.value;
  const vendors = readVendors(vendor === 'all' ? undefined : vendor);
  return vendors.ok ? ok({ action: action.data, vendors: vendors.value, ...rest }) : vendors;
}
