import { readStackFile } from '../supervisor/stack-file.ts';
import { openStackHome } from '../supervisor/stack-home.ts';
import { backupInWords } from './backup-status.ts';
import { readArguments } from './read-arguments.ts';
import { readStackStatus, type StackStatus } from './stack-status.ts';

/** `./dev status`: how a running stack is; exit 1 when something is unwell. */
const HELP = `Usage: ./dev status [--json]

What runs and since when, memory, and the work that waits in every queue. Exits 1 when something is unwell or nothing
runs.
  --json  the same as one JSON object; "quiet" is true when nothing is in flight anywhere`;

const { values } = readArguments(HELP, { options: { json: { type: 'boolean', default: false } } });
await tellStatus(values.json);

async function tellStatus(asJson: boolean): Promise<void> {
  const home = openStackHome(process.env);
  const stack = readStackFile(home.stackFile);
  if (stack === undefined) {
    console.error(`No stack is ready in ${home.root}. Start one with ./dev up.`);
    process.exitCode = 1;
    return;
  }
  const status = await readStackStatus(stack, home);
  console.log(asJson ? JSON.stringify(status, undefined, 2) : inWords(status));
  if (!status.well) process.exitCode = 1;
}

function inWords(status: StackStatus): string {
  const processes = status.processes.map(({ name, pid, startedAt, well, memoryMiB }) =>
    [
      well ? '✓' : '✗',
      name.padEnd(16),
      `pid ${pid}`.padEnd(12),
      (memoryMiB === undefined ? '' : `${memoryMiB} MiB`).padStart(9),
      `  since ${startedAt.slice(11, 19)}`,
    ].join(' '),
  );
  const work = Object.entries(status.work).map(
    ([name, count]) => `  ${name.padEnd(26)} ${count ?? 'cannot be counted'}`,
  );
  return [
    ...processes,
    `  ${status.memoryMiB} MiB in all`,
    `  team chat read up to ${status.chatLagMs === undefined ? 'nothing yet' : `${(status.chatLagMs / 1000).toFixed(1)} s ago`}`,
    `  ${backupInWords(status.backup)}`,
    '',
    status.quiet ? 'Nothing is in flight.' : 'In flight:',
    ...work,
  ].join('\n');
}
