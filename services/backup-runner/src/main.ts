import { INSTRUCTIONS_PATH } from '@innkeeper/shared/contracts/backup/instructions';

/**
 * The program on the server, in its two forms. Each loads only what it needs: the second starts in the middle of a
 * dump.
 *
 *   node backup-runner.mjs [INSTRUCTIONS]   one run, and the server goes off at its end, however it ends
 *   node backup-runner.mjs measure …        restic starts this in place of a dump, to weigh what comes through
 */
const [, ownFile = '', ...operands] = process.argv;
const [first, ...rest] = operands;
if (first === 'measure') {
  const { measure } = await import('./sources/measure.ts');
  process.exitCode = await measure(rest, process.env, process.stdout);
} else {
  const { runAndPowerOff } = await import('./run-and-power-off.ts');
  await runAndPowerOff(first ?? INSTRUCTIONS_PATH, ownFile);
}
