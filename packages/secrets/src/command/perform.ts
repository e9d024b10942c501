import { describeStatus, statusAsJson } from '../status/describe-status.ts';
import { gatherStatus } from '../status/gather-status.ts';
import { isFailure, isReminder, judgeStatus } from '../status/judge-status.ts';
import type { Context, ExitCode } from './context.ts';
import { performPush } from './perform-push.ts';
import { performQdrantKeys, performTokens } from './perform-rotation.ts';
import { performValue } from './perform-value.ts';
import type { Action } from './read-order.ts';

/** Does what was asked; everything it says is a sentence or JSON without values. */
export function perform(order: Action, context: Context): Promise<ExitCode> {
  switch (order.kind) {
    case 'status':
    case 'reminders':
      return performStatus(order, context);
    case 'set':
    case 'generate':
    case 'rollback':
      return performValue(order, context);
    case 'push':
      return performPush(order, context);
    case 'qdrant-keys':
      return performQdrantKeys(order, context);
    case 'cloudflare-tokens':
      return performTokens(order, context);
  }
}

async function performStatus(
  { kind, json }: Extract<Action, { kind: 'status' | 'reminders' }>,
  { ports, environment, manifest, terminal, now }: Context,
): Promise<ExitCode> {
  const status = await gatherStatus(ports, environment.name, kind === 'status' ? manifest : undefined);
  const problems = judgeStatus(status, environment.name, now());
  if (kind === 'reminders') {
    const due = problems.filter(isReminder);
    const lines = due.map(({ sentence, next }) => `${sentence} Next: ${next}.\n`).join('');
    terminal.out.write(json ? `${JSON.stringify(due, undefined, 2)}\n` : lines);
    terminal.err.write(status.unknown.map(({ sentence }) => `${sentence}\n`).join(''));
    // A workflow's own token may not list secrets of GitHub; from a laptop `status` tells how old they are.
    return status.unknown.every(({ about }) => about === 'GitHub') ? 0 : 1;
  }
  const text = json
    ? JSON.stringify(statusAsJson(status, problems), undefined, 2)
    : describeStatus(status, problems, now());
  terminal.out.write(`${text}\n`);
  return problems.some(isFailure) || status.unknown.length > 0 ? 1 : 0;
}
