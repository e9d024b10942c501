import { randomInt } from 'node:crypto';
import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { buildWorld } from '../demo/world/build-world.ts';
import { rollDice } from '../demo/world/dice.ts';
import { runRounds } from '../kill-test/run-rounds.ts';
import { StackRefused, startStack } from '../supervisor/start-stack.ts';
import { readArguments } from './read-arguments.ts';

/** `./dev kill-test`: nothing accepted is lost and nothing doubles, however often every process is killed. */
const HELP = `Usage: ./dev kill-test [ROUNDS] [--seed NUMBER]

Starts a stack of its own (in .innkeeper-kill-test, unless INNKEEPER_HOME is set) and, in each round (10), sends signed
webhooks, kills every process but the Google emulators with SIGKILL meanwhile, waits until all is settled, and compares
Firestore and Qdrant with what was accepted. Exits 1 when anything was lost or doubled.`;

const { values, positionals } = readArguments(HELP, {
  allowPositionals: true,
  options: { seed: { type: 'string' } },
});
const rounds = Number(positionals[0] ?? 10);
const seed = Number(values.seed ?? randomInt(1, 1_000_000));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error('ROUNDS and --seed take whole numbers, ROUNDS at least 1.');
  process.exitCode = 2;
} else process.exitCode = await killTest();

async function killTest(): Promise<number> {
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  const interrupted = new Promise<undefined>(resolve => {
    interruption.signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const tell = (line: string): void => console.log(`· ${line}`);
  tell(`seed ${seed}; the same again: ./dev kill-test ${rounds} --seed ${seed}`);
  try {
    const stack = await startStack({
      environment: { INNKEEPER_HOME: '.innkeeper-kill-test', ...process.env },
      fresh: true,
      tell,
      signal: interruption.signal,
    });
    try {
      const world = buildWorld(seed, new Date());
      const damage = await Promise.race([runRounds({ stack, world, rounds, dice: rollDice(seed), tell }), interrupted]);
      if (damage === undefined) return 130;
      for (const sentence of [...damage.lost, ...damage.doubled]) console.error(sentence);
      console.log(`${damage.lost.length} lost, ${damage.doubled.length} doubled`);
      return damage.lost.length + damage.doubled.length === 0 ? 0 : 1;
    } finally {
      await stack.stop();
    }
  } catch (error) {
    if (interruption.signal.aborted) return 130;
    if (!(error instanceof StackRefused || error instanceof ConfigError)) throw error;
    console.error(error.message);
    return 1;
  }
}
