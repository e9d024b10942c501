import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatBytes } from '@innkeeper/shared/backup/format-figures';
import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { Stage } from '../stage/stage.ts';
import { checkHere } from './check.ts';

/** Half past two: a server appears, backs the company up, proves it, and is gone. Then somebody needs a file back. */
export async function backUpTheNight(stage: Stage): Promise<void> {
  const { screen, night } = stage;
  screen.title('The night');
  const { runId } = await night.launch();
  const working = screen.progress(`Backup ${runId}`);
  const seen: string[] = [];
  const run = await night.follow(runId, PATIENCE_MS, ({ state }) => {
    if (seen.at(-1) !== state) seen.push(state);
    working.at(Math.max(0, STATES.indexOf(state)), STATES.length - 1);
  });
  working.done(run === undefined ? `is not over; last seen: ${seen.at(-1) ?? 'nothing'}` : summaryOf(run));
  checkHere(
    stage,
    run?.state === 'done' ? [] : [`it ended as ${run?.state ?? 'nothing'}: ${run?.failure?.detail ?? ''}`],
  );
  if (run?.state !== 'done') return;

  const message = await night.message(runId, TELLING_MS);
  screen.line(message ?? 'nobody was told');
  const billed = await night.servers();
  checkHere(stage, [
    ...(message === undefined ? ['nobody was told of the backup'] : []),
    ...(billed.length > 0 ? [`still on the bill: ${billed.join(', ')}`] : []),
  ]);

  const again = await night.launch();
  screen.line(`A second call the same night starts ${again.started ? 'another run' : 'nothing'}.`);
  checkHere(stage, again.started ? ['a second server was started'] : []);
  await restoreFile(stage);
}

/** Longer than a night with the weekly drill takes on a slow machine. */
const PATIENCE_MS = 180_000;
/** The run is over before people hear of it. */
const TELLING_MS = 10_000;

const STATES: readonly string[] = [
  'planned',
  'creating',
  'booting',
  'dumping',
  'backing_up',
  'retaining',
  'checking',
  'restoring',
  'reported',
  'deleting',
  'done',
];

function summaryOf({ outcomes, server, cost, types }: BackupRun): string {
  const snapshots = outcomes.flatMap(({ outcome }) => ('snapshots' in outcome ? outcome.snapshots : []));
  const read = outcomes.map(({ outcome }) => (outcome.step === 'restoring' ? outcome.files : 0));
  const kept = outcomes.map(({ outcome }) => (outcome.step === 'retaining' ? outcome.kept : 0));
  const bytes = sum(snapshots.map(({ totalBytes }) => totalBytes));
  return [
    `${types.at(-1) ?? ''}, on a ${server?.type ?? 'server'} in ${server?.location ?? 'no place'}`,
    `${snapshots.length} snapshots of ${formatBytes(bytes)} (${snapshots.map(({ source }) => source).join(', ')})`,
    `${sum(kept)} kept`,
    `${sum(read)} files read back and compared`,
    cost === undefined ? 'no price' : `${cost.amount} ${cost.currency}`,
  ].join(' · ');
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

async function restoreFile(stage: Stage): Promise<void> {
  const { night, screen } = stage;
  const target = mkdtempSync(join(tmpdir(), 'innkeeper-restored-'));
  try {
    const { path, bytes } = night.anyFile();
    const { code, output } = await night.restore([
      'files',
      'latest',
      path,
      '--to',
      target,
      '--yes',
      '--without-erasures',
    ]);
    const name = path.slice(path.lastIndexOf('/') + 1);
    const found = readdirSync(target, { recursive: true, withFileTypes: true }).find(entry => entry.name === name);
    const isSame = found !== undefined && readFileSync(join(found.parentPath, found.name)).equals(bytes);
    screen.line(`./dev restore files latest ${path} --to …`);
    checkHere(
      stage,
      code === 0 && isSame ? [] : [`the file did not come back: ${output.trim().split('\n').at(-1) ?? ''}`],
    );
  } finally {
    rmSync(target, { recursive: true, force: true });
  }
}
