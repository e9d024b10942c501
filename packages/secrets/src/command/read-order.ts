import { parseArgs } from 'node:util';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { SECRETS, secretOf } from '../catalogue/catalogue.ts';
import { type SecretEntry, WORKERS, type WorkerName } from '../catalogue/secret-entry.ts';

/** What an operator asked for. Pure. */
export type Order = CommonOrder & Action;

interface CommonOrder {
  /** As typed; checked against the environments there are when they are read. */
  readonly env: string | undefined;
  readonly outputs: string | undefined;
}

export type Action =
  | { readonly kind: 'status' | 'reminders'; readonly json: boolean }
  | ({ readonly kind: 'set' | 'generate'; readonly entry: SecretEntry } & Care)
  | ({ readonly kind: 'rollback'; readonly entry: SecretEntry; readonly to: number | undefined } & Care)
  | ({ readonly kind: 'push'; readonly workers: readonly WorkerName[]; readonly github: boolean } & Care)
  | ({ readonly kind: 'qdrant-keys'; readonly renew: boolean; readonly retire: boolean } & Care)
  | ({ readonly kind: 'cloudflare-tokens'; readonly renew: boolean } & Care);

export interface Care {
  readonly dryRun: boolean;
  readonly yes: boolean;
}

const OPTIONS = {
  env: { type: 'string' },
  outputs: { type: 'string' },
  json: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  yes: { type: 'boolean', default: false },
  renew: { type: 'boolean', default: false },
  retire: { type: 'boolean', default: false },
  github: { type: 'boolean', default: false },
  worker: { type: 'string' },
  to: { type: 'string' },
} as const;

/** Options that belong to some commands only. */
const OWN: Readonly<Record<string, readonly string[]>> = {
  status: ['json'],
  reminders: ['json'],
  set: ['dry-run', 'yes'],
  generate: ['dry-run', 'yes'],
  rollback: ['to', 'dry-run', 'yes'],
  push: ['worker', 'github', 'dry-run', 'yes'],
  'qdrant-keys': ['renew', 'retire', 'dry-run', 'yes'],
  'cloudflare-tokens': ['renew', 'dry-run', 'yes'],
};

/** The error is one sentence; nothing was done. A value among the words is never repeated in it. */
export function readOrder(words: readonly string[]): Result<Order, string> {
  const [command = '', ...rest] = words;
  const own = OWN[command];
  if (own === undefined) return err('There is no such command.');
  const parsed = parse(rest);
  if (!parsed.ok) return parsed;
  const { values, positionals } = parsed.value;
  const foreign = Object.entries(values).find(
    ([name, value]) => value !== false && value !== undefined && !['env', 'outputs', ...own].includes(name),
  );
  if (foreign !== undefined) return err(`--${foreign[0]} does not belong to ${command}.`);
  const action = readAction(command, positionals, values);
  return action.ok ? ok({ env: values.env, outputs: values.outputs, ...action.value }) : action;
}

type Values = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; allowPositionals: true }>>['values'];

function parse(
  rest: readonly string[],
): Result<{ readonly values: Values; readonly positionals: readonly string[] }, string> {
  try {
    return ok(parseArgs({ args: [...rest], options: OPTIONS, allowPositionals: true }));
  } catch (error) {
    // Its own words repeat what was typed, which may be a value.
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    return err('There is an option that nobody knows, or one without its value.');
  }
}

function readAction(command: string, names: readonly string[], values: Values): Result<Action, string> {
  const care = { dryRun: values['dry-run'], yes: values.yes };
  switch (command) {
    case 'set':
    case 'generate':
    case 'rollback': {
      const entry = readEntry(command, names);
      if (!entry.ok) return entry;
      if (command !== 'rollback') return ok({ kind: command, entry: entry.value, ...care });
      const to = values.to === undefined ? undefined : Number(values.to);
      if (to !== undefined && (!Number.isSafeInteger(to) || to < 1)) return err('--to takes the number of a version.');
      return ok({ kind: command, entry: entry.value, to, ...care });
    }
    default:
      if (names.length > 0) return err(`${command} takes no names.`);
  }
  switch (command) {
    case 'push': {
      const workers = readWorkers(values.worker, values.github);
      return workers.ok
        ? ok({ kind: 'push', workers: workers.value, github: values.worker === undefined, ...care })
        : workers;
    }
    case 'qdrant-keys':
      return ok({ kind: command, renew: values.renew, retire: values.retire, ...care });
    case 'cloudflare-tokens':
      return ok({ kind: command, renew: values.renew, ...care });
    case 'reminders':
      return ok({ kind: command, json: values.json });
    default:
      return ok({ kind: 'status', json: values.json });
  }
}

function readEntry(command: string, names: readonly string[]): Result<SecretEntry, string> {
  const [name, ...more] = names;
  if (name === undefined || more.length > 0) {
    return err(`${command} takes the name of one secret, and nothing else: values come by a prompt or standard input.`);
  }
  const entry = secretOf(name);
  return entry === undefined
    ? err(`There is no such secret. There are: ${SECRETS.map(({ id }) => id).join(', ')}.`)
    : ok(entry);
}

function readWorkers(name: string | undefined, githubOnly: boolean): Result<readonly WorkerName[], string> {
  if (name === undefined) return ok(githubOnly ? [] : WORKERS);
  if (githubOnly) return err('--worker and --github exclude each other.');
  const worker = WORKERS.find(each => each === name);
  return worker === undefined ? err(`There is no such Worker. There are: ${WORKERS.join(', ')}.`) : ok([worker]);
}
