import { userInfo } from 'node:os';
import { readSecretFiles } from '@innkeeper/shared/adapters/node/read-secret-files';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import type { Result } from '@innkeeper/shared/result/result';
import { SECRET_NAMES } from '../config.ts';
import type { Asked, UsageError } from './usage.ts';

/**
 * One run of a command: reads its words, does what they say and ends with 0, 1 for a failure that it has explained, 2 for
 * words or a configuration that cannot be. A first Ctrl-C asks it to end; a second one ends it.
 */
export interface Command<Order> {
  /** As people call it: `replay`. */
  readonly name: string;
  readonly read: (words: readonly string[]) => Result<Asked<Order>, UsageError>;
  /** The exit code. */
  readonly perform: (order: Order, context: CommandContext) => Promise<ExitCode>;
}

export type ExitCode = 0 | 1 | 2;

export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Who runs it, by the name this machine knows. */
  readonly user: string;
  /** What people came for, or what a program reads. */
  readonly out: Output;
  /** Progress and failures. */
  readonly err: Output;
  readonly interrupted: AbortSignal;
}

export interface Output {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export async function runCommand<Order>(command: Command<Order>): Promise<void> {
  const asked = command.read(process.argv.slice(2));
  if (!asked.ok) {
    console.error(`${asked.error.sentence}\n\n${asked.error.help}`);
    process.exitCode = 2;
  } else if (asked.value.kind === 'help') console.log(asked.value.text);
  else process.exitCode = await perform(command, asked.value.order);
}

async function perform<Order>(command: Command<Order>, order: Order): Promise<ExitCode> {
  explainMissingCredentials();
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    return await command.perform(order, {
      environment: readSecretFiles(SECRET_NAMES, process.env),
      user: userInfo().username,
      out: process.stdout,
      err: process.stderr,
      interrupted: interruption.signal,
    });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(explainConfiguration(command.name, error));
    return 2;
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}

const explainConfiguration = (command: string, { message }: ConfigError): string => `${message}
The stack on this machine: start it with ./dev up, then ./dev ${command} knows all of these by itself.
Any other: set them in the environment; pnpm ${command} --help says what each is.`;

const NO_CREDENTIALS = /could not load the default credentials/iu;

/**
 * Google's libraries throw where this machine has no credentials, and once more where no caller can catch it. Everything
 * else that nobody caught is a bug and ends as Node would end it.
 */
function explainMissingCredentials(): void {
  process.on('uncaughtException', error => {
    if (!NO_CREDENTIALS.test(error.message)) {
      console.error(error);
      process.exit(1);
    }
    console.error('This machine has no credentials for Google Cloud: gcloud auth application-default login.');
    process.exit(2);
  });
}
