import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { progressBar } from '@innkeeper/local-stack/cli/progress-bar';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { judgeFlatness, megabytes } from './flatness.ts';
import { startSoak } from './start-soak.ts';

/** `./dev soak-listener`: does memory stay flat under steady work and steady trouble? */
const HELP = `Usage: ./dev soak-listener [--minutes NUMBER] [--rate NUMBER] [--seed NUMBER]

Runs the content of the listener's image for a while (30 minutes) against the stand-in of MongoDB and Google's emulators,
writes chat at a steady rate (20 changes a second), and every half minute makes trouble: cuts, an election, lost history,
Pub/Sub that answers nothing for a while. Prints the memory of the listener over time, what was lost, and a verdict; exits
1 when memory grew, went over 256 MB, or anything was lost. The seed decides what is written.`;

const SAMPLE_EVERY_MS = 1_000;
const TROUBLE_EVERY_MS = 30_000;
const BYTES_MAX = 256e6;

const { values } = readArguments(HELP, {
  options: { minutes: { type: 'string' }, rate: { type: 'string' }, seed: { type: 'string' } },
});
const minutes = Number(values.minutes ?? 30);
const rate = Number(values.rate ?? 20);
const seed = Number(values.seed ?? randomInt(1, 1_000_000));
if (!(minutes > 0) || !(rate > 0) || !Number.isSafeInteger(seed)) {
  console.error('--minutes and --rate take numbers above 0, --seed a whole one.');
  process.exitCode = 2;
} else process.exitCode = await soak();

async function soak(): Promise<number> {
  process.env['METADATA_SERVER_DETECTION'] = 'none'; // Google's SDKs would look for a server that is not here.
  console.log(`· seed ${seed}; the same again: ./dev soak-listener --minutes ${minutes} --rate ${rate} --seed ${seed}`);
  const stage = await startSoak(seed, line => console.log(`· ${line}`));
  const samples: number[] = [];
  const bar = progressBar(Math.ceil((minutes * 60_000) / SAMPLE_EVERY_MS), 'samples');
  const untilMs = performance.now() + minutes * 60_000;
  try {
    const writing = writeUntil(untilMs, () => stage.write());
    const troubling = troubleUntil(untilMs, () => stage.trouble());
    while (performance.now() < untilMs) {
      await pause(SAMPLE_EVERY_MS);
      samples.push(residentBytes(stage.pid));
      bar.advance();
    }
    await Promise.all([writing, troubling]);
    bar.end();
    const missing = await stage.settle();
    const verdict = judgeFlatness(samples, BYTES_MAX);
    for (const line of chart(samples)) console.log(line);
    console.log(`memory: ${verdict.sentence}`);
    console.log(`${stage.changes} changes, ${stage.arrivals} arrivals, ${missing.length} lost or different`);
    for (const sentence of missing.slice(0, 10)) console.error(`  ${sentence}`);
    return verdict.isFlat && missing.length === 0 ? 0 : 1;
  } finally {
    await stage.close();
  }
}

async function writeUntil(untilMs: number, write: () => Promise<void>): Promise<void> {
  while (performance.now() < untilMs) {
    const startedMs = performance.now();
    await write();
    await pause(Math.max(0, 1_000 / rate - (performance.now() - startedMs)));
  }
}

/** The last minute is for catching up. */
async function troubleUntil(untilMs: number, trouble: () => Promise<void>): Promise<void> {
  while (performance.now() < untilMs - 2 * TROUBLE_EVERY_MS) {
    await pause(TROUBLE_EVERY_MS);
    await trouble();
  }
}

/** As the operating system counts it, code that is shared included. */
function residentBytes(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/mu.exec(status)?.[1]) * 1_024;
}

/** One line for each twentieth of the time. */
function chart(samples: readonly number[]): string[] {
  const size = Math.max(1, Math.ceil(samples.length / 20));
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, index) => {
    const bytes = Math.max(...samples.slice(index * size, (index + 1) * size));
    const minute = ((index * size * SAMPLE_EVERY_MS) / 60_000).toFixed(1).padStart(5);
    return `${minute} min ${'#'.repeat(Math.round(bytes / 5e6))} ${megabytes(bytes)}`;
  });
}
