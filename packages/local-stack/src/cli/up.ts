import { randomInt } from 'node:crypto';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { fillCompany, findUnsteerable } from '../demo/play-day.ts';
import { createScreen } from '../demo/screen/screen.ts';
import { briefedAtUsualHours } from '../demo/stage/briefed-rooms.ts';
import { buildWorld } from '../demo/world/build-world.ts';
import { type RunningStack, StackRefused, startStack } from '../supervisor/start-stack.ts';
import { readArguments } from './read-arguments.ts';
import { tellEndpoints } from './tell-endpoints.ts';

/** `./dev up`: the whole stack, in the foreground, until Ctrl-C. */
const HELP = `Usage: ./dev up [--empty]

Starts the whole system on this machine with a small company in it, prints where everything is and keeps it running
until Ctrl-C. The Google emulators keep their data in memory, so every start is a new one.
  --empty  start with no data

A part is not started when a variable says where the real one is: FIRESTORE_EMULATOR_HOST, PUBSUB_EMULATOR_HOST,
MONGODB_URI, QDRANT_URL, GROQ_API_KEY, EMBEDDINGS_PROVIDER, ROCKETCHAT_URL, GUESTY_BASE_URL, AIRCALL_BASE_URL.`;

const SEED_MAX = 1_000_000;

const { values } = readArguments(HELP, { options: { empty: { type: 'boolean', default: false } } });
await keepUp(values.empty);

async function keepUp(isEmpty: boolean): Promise<void> {
  const interruption = new AbortController();
  const interrupted = new Promise<void>(resolve => {
    const interrupt = (): void => {
      interruption.abort();
      resolve();
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  });
  try {
    const stack = await startStack({
      environment: isEmpty ? process.env : briefedAtUsualHours(process.env),
      // What the other parts remember is worth nothing without the documents, unless those are kept elsewhere.
      fresh: process.env['FIRESTORE_EMULATOR_HOST'] === undefined,
      tell: line => console.log(`· ${line}`),
      signal: interruption.signal,
    });
    try {
      if (!isEmpty) await Promise.race([fill(stack), interrupted]);
      if (!interruption.signal.aborted) tellEndpoints(stack.stack());
      await interrupted;
    } finally {
      console.log('\n· stopping');
      await stack.stop();
    }
  } catch (error) {
    if (interruption.signal.aborted) return;
    if (!(error instanceof StackRefused || error instanceof ConfigError)) throw error;
    console.error(error.message);
    process.exitCode = 1;
  }
}

async function fill(stack: RunningStack): Promise<void> {
  const unsteerable = findUnsteerable(stack);
  if (unsteerable.length > 0)
    console.log(`· started empty: ${unsteerable.join(', ')} lead to parts that have data of their own`);
  else await fillCompany(stack, buildWorld(randomInt(SEED_MAX), new Date()), createScreen(process.stdout));
}
