import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { REPOSITORY_PASSWORD, repositoryFiles } from '@innkeeper/local-stack/testing/restic-repository';
import { startTestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { startWorkers } from '@innkeeper/local-stack/workers-host/start-workers';
import { atMost, type Bench, times } from './bench.ts';
import { cpuSecondsOfProcess } from './cpu-time.ts';

/** What a backup and a restore through the vault cost over the bucket itself, and over a folder of this machine. */
export const vault: Bench = {
  async run(tell) {
    const directory = mkdtempSync(join(tmpdir(), 'innkeeper-bench-vault-'));
    const source = join(directory, 'source');
    mkdirSync(source);
    for (let file = 0; file < FILES; file += 1) writeFileSync(join(source, String(file)), randomBytes(FILE_BYTES));
    const started = await startLanes(directory);
    let share: number;
    try {
      for (let round = 0; round < ROUNDS; round += 1) {
        const lanes = round % 2 === 0 ? started.lanes : started.lanes.toReversed();
        for (const lane of lanes) await runLane(lane, `round-${round}`, directory, source);
      }
      const [, floor, behindVault] = started.lanes;
      share = cpuSeconds(behindVault) / cpuSeconds(floor);
    } finally {
      await started.close();
      rmSync(directory, { recursive: true, force: true });
    }
    tell(
      `${ROUNDS} rounds of ${MEGABYTES.toFixed(0)} MB in ${FILES} files that neither compress nor repeat; best counts`,
    );
    const [folder, floor, behindVault] = started.lanes;
    const ratio = (work: Work, lane: Lane, to: Lane): number => best(lane, work) / best(to, work);
    return {
      measures: [
        atMost("the Worker's processor time, against the bucket without a vault", share, 1.1, times),
        atMost('backup, against the bucket without a vault', ratio('backup', behindVault, floor), 1.25, times),
        atMost('restore, against the bucket without a vault', ratio('restore', behindVault, floor), 1.25, times),
        { what: 'backup, against a folder', measured: times(ratio('backup', behindVault, folder)) },
        { what: 'restore, against a folder', measured: times(ratio('restore', behindVault, folder)) },
        ...started.lanes.map(lane => ({
          what: `${lane.name}, in itself`,
          measured: `backup ${rate(best(lane, 'backup'))}, restore ${rate(best(lane, 'restore'))}`,
        })),
      ],
      limitedBy: "Miniflare's R2, which hashes each object and writes it to a file, with and without the vault",
    };
  },
};

const ROUNDS = 3;
const FILES = 300;
const FILE_BYTES = 700_000;
const MEGABYTES = (FILES * FILE_BYTES) / 1e6;

type Work = 'backup' | 'restore';

interface Lane {
  readonly name: string;
  /** A repository of that name, empty. */
  readonly prepare: (repository: string) => Promise<string>;
  readonly environment: (repository: string) => Promise<Record<string, string>>;
  readonly durationsMs: Record<Work, number[]>;
  /** workerd; a folder has none. */
  readonly pid: number | undefined;
}

const best = (lane: Lane, work: Work): number => Math.min(...lane.durationsMs[work]);
const cpuSeconds = ({ pid }: Lane): number => (pid === undefined ? Number.NaN : cpuSecondsOfProcess(pid));
const rate = (durationMs: number): string => `${((MEGABYTES * 1000) / durationMs).toFixed(0)} MB/s`;

async function runLane(lane: Lane, repository: string, directory: string, source: string): Promise<void> {
  const address = await lane.prepare(repository);
  const environment = await lane.environment(repository);
  const target = join(directory, 'restored');
  const restic = async (work: Work, ...args: string[]): Promise<void> => {
    const since = performance.now();
    await promisify(execFile)(process.env['RESTIC_BINARY'] ?? 'restic', ['--no-cache', '--quiet', ...args], {
      env: { PATH: process.env['PATH'], HOME: directory, RESTIC_REPOSITORY: address, ...environment },
    });
    lane.durationsMs[work].push(performance.now() - since);
  };
  await restic('backup', 'backup', source);
  await restic('restore', 'restore', 'latest', '--target', target);
  rmSync(target, { recursive: true });
}

async function startLanes(directory: string): Promise<{ lanes: [Lane, Lane, Lane]; close(): Promise<void> }> {
  const tested = await startTestVault({});
  const floor = await startWorkers({
    stateDirectory: join(directory, 'floor'),
    log: { info() {}, warn() {}, error: (event, facts) => console.error(event, facts) },
    workers: [{ directory: join(import.meta.dirname, 'floor-vault'), variables: {} }],
  });
  const password = { RESTIC_PASSWORD: REPOSITORY_PASSWORD };
  const lane = (name: string, prepare: Lane['prepare'], pid?: number, credentials?: Lane['environment']): Lane => ({
    name,
    prepare,
    environment: async repository => ({ ...password, ...(await credentials?.(repository)) }),
    durationsMs: { backup: [], restore: [] },
    pid,
  });
  const inFolder = lane('a folder', repository => {
    const root = join(directory, 'folder', repository);
    for (const folder of ['data', 'index', 'locks', 'snapshots']) mkdirSync(join(root, folder), { recursive: true });
    for (const { path, bytes } of repositoryFiles()) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), bytes);
    }
    return Promise.resolve(root);
  });
  const onFloor = lane(
    'the bucket without a vault',
    async repository => {
      const url = `${floor.urlOf('floor-vault')}/${repository}`;
      for (const { path, bytes } of repositoryFiles()) await fetch(`${url}/${path}`, { method: 'POST', body: bytes });
      return `rest:${url}/`;
    },
    floor.workerdPid,
  );
  const behindVault = lane(
    'the vault',
    async repository => {
      await tested.createRepository(repository);
      return tested.repositoryOf(repository);
    },
    tested.workerdPid,
    async repository => {
      const [from, until] = [new Date(Date.now() - 60_000), new Date(Date.now() + 3_600_000)];
      const order = { subject: 'bench', scope: 'append', repository, from, until, snapshotsMax: 1 } as const;
      return { RESTIC_REST_USERNAME: 'bench', RESTIC_REST_PASSWORD: await tested.tokens.mint(order) };
    },
  );
  return {
    lanes: [inFolder, onFloor, behindVault],
    async close() {
      await tested.close();
      await floor.close();
    },
  };
}
