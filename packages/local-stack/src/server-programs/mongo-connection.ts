import { readFileSync } from 'node:fs';
import { MongoClient } from 'mongodb';
import { parse } from 'yaml';
import * as z from 'zod';
import { type ProgramOptions, UsageError } from './program-options.ts';

/** How the MongoDB tools find their server: `--uri`, or `uri` in the YAML file that `--config` names. */
const ToolConfig = z.strictObject({ uri: z.string() });

/** Long enough for an election, short enough to tell a person. The tools wait for 30 s. */
const SELECTION_MS_MAX = 10_000;

/** What a tool does with its server. Answers with the exit code; why it failed is said. @throws UsageError. */
export async function withServer(
  options: ProgramOptions,
  work: (client: MongoClient) => Promise<void>,
): Promise<number> {
  const client = await connect(options);
  try {
    await work(client);
    return 0;
  } catch (error) {
    say(`Failed: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await client.close();
  }
}

/** Greeted once. */
async function connect(options: ProgramOptions): Promise<MongoClient> {
  const client = new MongoClient(addressOf(options), {
    serverSelectionTimeoutMS: SELECTION_MS_MAX,
    ...(options.values.get('readPreference') === undefined
      ? {}
      : { readPreference: z.enum(['primary', 'secondaryPreferred']).parse(options.values.get('readPreference')) }),
  });
  await client.connect();
  return client;
}

function addressOf({ values }: ProgramOptions): string {
  const [uri, file] = [values.get('uri'), values.get('config')];
  if ((uri === undefined) === (file === undefined)) throw new UsageError('say one of --uri and --config');
  if (uri !== undefined) return uri;
  const config = ToolConfig.safeParse(parse(readFileSync(String(file), 'utf8')));
  if (!config.success) throw new UsageError('the configuration file must hold uri, and nothing else');
  return config.data.uri;
}

/** Whether the address names a database, which is to the tools what `--db` is. */
export const namesDatabase = (options: ProgramOptions): boolean => /^[^/]+\/\/[^/]+\/[^?]/u.test(addressOf(options));

/** A line as the tools write them to standard error. */
export function say(sentence: string): void {
  console.error(`${new Date().toISOString().replace('Z', '+0000')}\t${sentence}`);
}

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;
