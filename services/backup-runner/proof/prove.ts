import { randomInt } from 'node:crypto';
import { progressBar } from '@innkeeper/local-stack/cli/progress-bar';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { proveDays } from './days/prove-days.ts';
import { compareHistories } from './histories/compare-histories.ts';

/** `./dev prove-retention`: what is kept is what restic keeps, and what the calendar says, night after night. */
const HELP = `Usage: ./dev prove-retention [--histories NUMBER] [--days NUMBER] [--seed NUMBER] [--from DATE]

Without --histories and --days: 10000 histories and 400 days.
  --histories NUMBER  decides on that many random histories, in odd zones and with odd clocks, and compares each with what
                      the real restic would forget
  --days NUMBER       backs up and retains through that many virtual days, with real restic against the real vault with
                      all its rules on; compares the repository with the calendar after every run, then checks it and
                      restores every snapshot
  --seed NUMBER       the first history's, and the days'
  --from DATE         the first day (2027-01-05)
RESTIC_BINARY names the restic to ask; without it the one on the PATH. Exits 1 when anything differs; then it prints how
to see that again.`;

const { values } = readArguments(HELP, {
  options: {
    histories: { type: 'string' },
    days: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string' },
  },
});
const both = values.histories === undefined && values.days === undefined;
const histories = Number(values.histories ?? (both ? 10_000 : 0));
const days = Number(values.days ?? (both ? 400 : 0));
const seed = Number(values.seed ?? randomInt(1, 1_000_000));
const from = values.from ?? '2027-01-05';
const restic = process.env['RESTIC_BINARY'] || 'restic';

if (![histories, days, seed].every(number => Number.isSafeInteger(number) && number >= 0)) refuse('whole numbers');
else if (Number.isNaN(Date.parse(from)) || from.length !== 10) refuse('a date like 2027-01-05 for --from');
else {
  console.log(`· seed ${seed}, asking ${restic}`);
  const differences = [...(histories > 0 ? await askHistories() : []), ...(days > 0 ? await liveDays() : [])];
  for (const difference of differences) console.error(difference);
  process.exitCode = differences.length === 0 ? 0 : 1;
}

function refuse(wanted: string): void {
  console.error(`prove-retention takes ${wanted}.\n\n${HELP}`);
  process.exitCode = 2;
}

async function askHistories(): Promise<readonly string[]> {
  const bar = progressBar(histories, 'histories');
  const outcome = await compareHistories({
    histories,
    seed,
    restic,
    onCompared: more => bar.advance(more),
  });
  bar.end();
  console.log(
    `· ${tell(outcome.histories)} histories of ${tell(outcome.snapshots)} ` +
      `snapshots, ${tell(outcome.kept)} kept, ${tell(outcome.removed)} removed, ${tell(outcome.refused)} without a quota; ` +
      `${outcome.differences.length} decided otherwise than restic`,
  );
  return outcome.differences;
}

async function liveDays(): Promise<readonly string[]> {
  const bar = progressBar(days, 'days');
  const outcome = await proveDays({
    days,
    seed,
    from,
    restic,
    onDay: (day, snapshots) => bar.advance(1, `${day}: ${snapshots} snapshots`),
  });
  bar.end();
  const refused = Object.entries(outcome.refusals).map(([name, times]) => `${times} × ${name}`);
  console.log(
    `· ${tell(outcome.days)} days from ${from}: ${tell(outcome.runs)} runs (${outcome.cutShort} cut short), ` +
      `${tell(outcome.taken)} snapshots taken, ${tell(outcome.removed)} removed, ${tell(outcome.left)} left and restored; ` +
      `${outcome.prunes} prunes freed ${tell(outcome.bytesFreed)} bytes and left ${outcome.packsTooYoung} packs that were ` +
      `too young; refused as expected: ${refused.join(', ') || 'nothing'}; ${outcome.differences.length} differences`,
  );
  const again = `again: ./dev prove-retention --days ${days} --seed ${seed} --from ${from}`;
  return outcome.differences.map(difference => `${difference}; ${again}`);
}

function tell(number: number): string {
  return number.toLocaleString('en-GB');
}
