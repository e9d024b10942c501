import { randomInt } from 'node:crypto';
import { progressBar } from '@innkeeper/local-stack/cli/progress-bar';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { describeFlaws, describeVerdict, missedMax } from './describe-verdict.ts';
import { simulate } from './simulate.ts';

/** `./dev prove-backups`: whatever fails, no server is left over, no night is lost in silence. */
const HELP = `Usage: ./dev prove-backups [--days NUMBER] [--seed NUMBER]

Plays that many days and nights (366, a leap year with both changes of the clock) on the real functions in virtual time:
a scheduler that comes twice or never, a cloud that refuses, forgets and lies, servers that die between any two words or
are robbed, a Firestore that loses answers, functions killed between any two calls, people who mend what they are told
of. Then judges what truly happened. Exits 1 when a promise was broken; then it prints the hours around it and how to see
them again.
  --days NUMBER  how many
  --seed NUMBER  the same seed tells the same year`;

const { values } = readArguments(HELP, { options: { days: { type: 'string' }, seed: { type: 'string' } } });
const days = Number(values.days ?? 366);
const seed = Number(values.seed ?? randomInt(1, 1_000_000));
if (!Number.isSafeInteger(days) || days < 1 || !Number.isSafeInteger(seed)) {
  console.error('--days and --seed take whole numbers, --days at least 1.');
  process.exitCode = 2;
} else process.exitCode = await prove();

async function prove(): Promise<number> {
  console.log(`· seed ${seed}, ${days} days`);
  const startedMs = performance.now();
  const bar = progressBar(days, 'nights');
  const simulated = await simulate({ seed, days, onNight: () => bar.advance() });
  bar.end();
  for (const line of describeVerdict(simulated)) console.log(line);
  console.log(`· ${((performance.now() - startedMs) / 1_000).toFixed(1)} s`);
  const { verdict } = simulated;
  // Only a whole year is long enough for everything to happen.
  const isUnseen = days >= 366 && Object.values(verdict.unseen).some(names => names.length > 0);
  if (isUnseen) console.error(`not everything has happened: ${JSON.stringify(verdict.unseen)}`);
  const isKept = verdict.counts.missed <= missedMax(days) && verdict.flaws.every(({ promise }) => promise === 'missed');
  if (!isKept) console.error(describeFlaws(simulated, { seed, days }).join('\n'));
  return isKept && !isUnseen ? 0 : 1;
}
