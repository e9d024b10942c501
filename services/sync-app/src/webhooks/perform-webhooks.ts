import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import { unreachable } from '@innkeeper/shared/result/result';
import type { SubscriptionAction } from '@innkeeper/shared/subscription/keep-subscription';
import { performAudited } from '../audit/perform-audited.ts';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import { FirestoreConfig, WorkersConfig } from '../config.ts';
import { connectWorkers, type Workers } from '../connect/connect-workers.ts';
import { explainOperateError } from '../connect/explain-error.ts';
import { describeWebhooks, type VendorState } from './describe-webhooks.ts';
import { foretellAction } from './foretell-action.ts';
import type { WebhooksOrder } from './read-webhooks-order.ts';

/** `pnpm webhooks`: the Workers do it; who asked for a change is in the audit. I/O: the Workers, Firestore. */
export async function performWebhooks(order: WebhooksOrder, context: CommandContext): Promise<ExitCode> {
  const workers = connectWorkers(parseConfig('webhooks', WorkersConfig, context.environment));
  const { action, vendors } = order;
  switch (action) {
    case 'list':
    case 'verify':
      return tell(await ask(workers, vendors, action), order, context);
    case 'register':
      return change(workers, order, context);
    case 'rotate':
    case 'disable':
      return order.yes ? change(workers, order, context) : foretell(action, workers, order, context);
    default:
      return unreachable(action);
  }
}

interface Answers {
  readonly states: readonly VendorState[];
  readonly failures: readonly { readonly vendor: RecordSource; readonly error: OperateError }[];
}

async function ask(workers: Workers, vendors: readonly RecordSource[], action: SubscriptionAction): Promise<Answers> {
  const answers = await Promise.all(
    vendors.map(async vendor => ({ vendor, answer: await workers[vendor].subscription({ action }) })),
  );
  return {
    states: answers.flatMap(({ vendor, answer }) => (answer.ok ? [{ vendor, state: answer.value.state }] : [])),
    failures: answers.flatMap(({ vendor, answer }) => (answer.ok ? [] : [{ vendor, error: answer.error }])),
  };
}

async function change(workers: Workers, order: WebhooksOrder, context: CommandContext): Promise<ExitCode> {
  const { action, vendors, as } = order;
  const config = parseConfig('webhooks', FirestoreConfig, context.environment);
  const answers = await performAudited(config, context, {
    command: `webhooks-${action}`,
    as,
    order: { vendors },
    act: async () => {
      const value = await ask(workers, vendors, action);
      const facts = Object.fromEntries(
        value.states.map(({ vendor, state }) => [vendor, state.problem?.reason ?? 'well']),
      );
      return { value, outcome: value.failures.length > 0 ? 'failed' : 'done', facts };
    },
  });
  return answers === undefined ? 1 : tell(answers, order, context);
}

async function foretell(
  action: 'rotate' | 'disable',
  workers: Workers,
  order: WebhooksOrder,
  context: CommandContext,
): Promise<ExitCode> {
  const { states, failures } = await ask(workers, order.vendors, 'list');
  tellFailures(failures, context);
  const would = states.map(known => ({ ...known, would: foretellAction(action, known) }));
  context.out.write(
    order.json
      ? `${JSON.stringify(would, undefined, 2)}\n`
      : `${would.map(({ would: sentence }) => sentence).join('\n')}\nNothing was done. Do it: the same with --yes.\n`,
  );
  return failures.length > 0 ? 1 : 0;
}

function tell({ states, failures }: Answers, { action, json }: WebhooksOrder, context: CommandContext): ExitCode {
  tellFailures(failures, context);
  if (json) context.out.write(`${JSON.stringify(states, undefined, 2)}\n`);
  else if (states.length > 0) context.out.write(`${describeWebhooks(states)}\n`);
  const isWell = states.every(({ state }) => state.problem === undefined || isMeant(action, state.problem.reason));
  return isWell && failures.length === 0 ? 0 : 1;
}

/** What is asked for, or passes by itself: no failure of the command. */
function isMeant(action: SubscriptionAction, reason: string): boolean {
  if (action === 'list') return true;
  return reason === (action === 'disable' ? 'disabled_by_operator' : 'secret_pending');
}

function tellFailures(failures: Answers['failures'], { err }: CommandContext): void {
  for (const { vendor, error } of failures) err.write(`${vendor}: ${explainOperateError(error)}\n`);
}
