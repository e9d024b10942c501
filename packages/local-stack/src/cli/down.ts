import { setTimeout as delay } from 'node:timers/promises';
import { reapLeftovers, runningSupervisor } from '../supervisor/process-table.ts';
import { removeStackFile } from '../supervisor/stack-file.ts';
import { openStackHome } from '../supervisor/stack-home.ts';
import { readArguments } from './read-arguments.ts';

/** `./dev down`: stops a stack by the pids in its own folder, also what a killed supervisor left behind. */
const HELP = `Usage: ./dev down

Stops the stack that runs in .innkeeper (or in the folder that INNKEEPER_HOME names). Says so when none runs.`;

/** Every wave of parts has ten seconds, and there are three. */
const STOP_MS_MAX = 35_000;
const LEFTOVER_GRACE_MS = 10_000;
const POLL_MS = 50;

readArguments(HELP, {});
await stopStack();

async function stopStack(): Promise<void> {
  const home = openStackHome(process.env);
  const supervisor = runningSupervisor(home.processTable);
  if (supervisor !== undefined) {
    process.kill(supervisor, 'SIGTERM');
    const deadline = performance.now() + STOP_MS_MAX;
    while (runningSupervisor(home.processTable) !== undefined && performance.now() < deadline) await delay(POLL_MS);
    if (runningSupervisor(home.processTable) !== undefined) process.kill(supervisor, 'SIGKILL');
  }
  const left = await reapLeftovers(home.processTable, LEFTOVER_GRACE_MS);
  removeStackFile(home.stackFile);
  if (supervisor === undefined && left.length === 0) console.log(`No stack runs in ${home.root}.`);
  else console.log(left.length === 0 ? 'Stopped.' : `Stopped what a killed stack had left: ${left.join(', ')}.`);
}
