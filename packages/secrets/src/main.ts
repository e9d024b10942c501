import { join } from 'node:path';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { connect } from './command/connect.ts';
import { HELP } from './command/help.ts';
import { perform } from './command/perform.ts';
import { readOrder } from './command/read-order.ts';
import { terminal } from './command/terminal.ts';

/** `pnpm secrets`: reads its words, does what they say, and ends with 0, 1 or 2; see `command/help.ts`. */
const ROOT = join(import.meta.dirname, '../../..');
process.exitCode = await run(process.argv.slice(2));

async function run(words: readonly string[]): Promise<0 | 1 | 2> {
  if (words.length === 0 || words.includes('--help') || words.includes('-h') || words[0] === 'help') {
    console.log(HELP);
    return 0;
  }
  const order = readOrder(words);
  if (!order.ok) {
    console.error(`${order.error}\n\n${HELP}`);
    return 2;
  }
  const environment = await readEnvironment(ROOT, order.value.env);
  if (!environment.ok) {
    console.error(environment.error.sentence);
    return 2;
  }
  try {
    const context = await connect({
      root: ROOT,
      environment: environment.value,
      variables: process.env,
      outputsFile: order.value.outputs,
      terminal: terminal({ input: process.stdin, out: process.stdout, err: process.stderr }),
    });
    return await perform(order.value, context);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 2;
  }
}
