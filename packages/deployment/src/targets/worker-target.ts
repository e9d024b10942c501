import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Done, Memory, Step, Target } from '../deploy/target.ts';
import type { Trouble } from '../programs/trouble.ts';
import {
  deployAtOnce,
  deployTriggers,
  readSplit,
  readVersion,
  type Split,
  splitTraffic,
  type Upload,
  uploadVersion,
  type WranglerWorker,
} from './wrangler.ts';

export interface WorkerTargetOptions {
  /** Folder below `workers/`. */
  readonly worker: string;
  readonly wrangler: WranglerWorker;
  /** Migrations of its Durable Objects, oldest first. */
  readonly migrations: readonly string[];
  readonly tag: string;
  readonly commit: string;
  /** Path of its configuration, written anew with what Terraform says now. */
  readonly configure: () => Promise<Result<string, Trouble>>;
  /** Whether that version answers, though nobody else reaches it yet. */
  readonly probe: (version: string) => Promise<Result<void, Trouble>>;
}

/**
 * A Worker: first all get their configuration; what has to go at once (a first deployment, a migration of Durable
 * Objects) goes alone; then each new version has to answer at 0 %, before any gets 100 %; last, what follows no
 * version.
 */
export function workerTarget(options: WorkerTargetOptions): Target {
  const name = `worker/${options.worker}`;
  const step = (phase: number, verb: string, forward: Step['forward']): Step => ({
    id: `${name}: ${verb}`,
    phase,
    forward,
  });
  return {
    name,
    stage: 'workers',
    foresee: () => foresee(options),
    steps: [
      { ...step(0, 'configure', () => configure(options)), isHarmless: true },
      step(1, 'migrate', () => migrate(options)),
      step(2, 'preview', memory => preview(options, memory)),
      step(3, 'promote', memory => promote(options, memory)),
      step(4, 'triggers', () => triggers(options)),
    ],
    rollback: { survey: () => survey(options), takeBack: before => takeBack(options, before) },
  };
}

async function survey({ wrangler }: WorkerTargetOptions): Promise<Result<string | undefined, Trouble>> {
  const split = await readSplit(wrangler);
  return split.ok ? ok(split.value === undefined ? undefined : serving(split.value)) : split;
}

/** The version that most requests get. */
function serving(split: Split): string | undefined {
  return split.toSorted((a, b) => b.percentage - a.percentage)[0]?.version_id;
}

type Pending = 'nothing' | 'first_deployment' | 'migration';

/** What cannot go by a version. A deployed migration that this commit does not know: a newer release is deployed. */
async function pending(options: WorkerTargetOptions): Promise<Result<Pending, Trouble>> {
  const deployed = await survey(options);
  if (!deployed.ok) return deployed;
  if (deployed.value === undefined) return ok('first_deployment');
  const facts = await readVersion(options.wrangler, deployed.value);
  if (!facts.ok) return facts;
  const { migration } = facts.value;
  const newest = options.migrations.at(-1);
  if (migration === newest) return ok('nothing');
  if (migration === undefined || options.migrations.includes(migration)) return ok('migration');
  return err({
    sentence: `${options.wrangler.name} has gone through the migration ${migration}, which this commit does not know.`,
    nextStep: 'A newer release is deployed. Deploy that commit, or one after it.',
  });
}

async function foresee(options: WorkerTargetOptions): Promise<Result<readonly string[], Trouble>> {
  const waiting = await pending(options);
  if (!waiting.ok) return waiting;
  const { name } = options.wrangler;
  if (waiting.value === 'first_deployment') return ok([`${name} is deployed for the first time.`]);
  if (waiting.value === 'nothing') return ok([`${name} gets a new version.`]);
  return ok([`${name} migrates its Durable Objects to ${options.migrations.at(-1)}: that cannot be taken back.`]);
}

const uploadOf = (options: WorkerTargetOptions, configuration: string): Upload => ({
  configuration,
  tag: options.tag,
  message: `commit ${options.commit}`,
});

/** All of them before any is changed: what one of them misses is found while the others are still whole. */
async function configure(options: WorkerTargetOptions): Promise<Result<Done, Trouble>> {
  const configuration = await options.configure();
  return configuration.ok ? ok({}) : configuration;
}

async function migrate(options: WorkerTargetOptions): Promise<Result<Done, Trouble>> {
  const waiting = await pending(options);
  if (!waiting.ok) return waiting;
  if (waiting.value === 'nothing') return ok({});
  const configuration = await options.configure();
  if (!configuration.ok) return configuration;
  const version = await deployAtOnce(options.wrangler, uploadOf(options, configuration.value));
  return version.ok ? ok({ version: version.value }) : version;
}

/** At 0 % of requests a version is reached by name alone. */
async function preview(options: WorkerTargetOptions, { after }: Memory): Promise<Result<Done, Trouble>> {
  if (after !== undefined) {
    // It went at once, a step ago.
    const answered = await options.probe(after);
    return answered.ok ? ok({ version: after }) : answered;
  }
  const configuration = await options.configure();
  if (!configuration.ok) return configuration;
  const version = await uploadVersion(options.wrangler, uploadOf(options, configuration.value));
  if (!version.ok) return version;
  const split = await readSplit(options.wrangler);
  if (!split.ok) return split;
  const old = serving(split.value ?? []);
  if (old === undefined) return err(vanished(options.wrangler.name));
  const shared = [
    { version_id: old, percentage: 100 },
    { version_id: version.value, percentage: 0 },
  ];
  const placed = await splitTraffic(options.wrangler, shared, `preview of ${options.commit}`);
  if (!placed.ok) return placed;
  const answered = await options.probe(version.value);
  return answered.ok ? ok({ version: version.value }) : answered;
}

const vanished = (name: string): Trouble => ({
  sentence: `${name} is no longer at Cloudflare.`,
  nextStep: 'Find out who deleted it, then run the deployment again.',
});

async function promote(options: WorkerTargetOptions, { after }: Memory): Promise<Result<Done, Trouble>> {
  const { wrangler, commit } = options;
  if (after === undefined) return err(vanished(wrangler.name));
  const configuration = await options.configure();
  if (!configuration.ok) return configuration;
  const all = [{ version_id: after, percentage: 100 }];
  const promoted = await splitTraffic(wrangler, all, `commit ${commit}`, configuration.value);
  return promoted.ok ? ok({}) : promoted;
}

async function triggers(options: WorkerTargetOptions): Promise<Result<Done, Trouble>> {
  const configuration = await options.configure();
  if (!configuration.ok) return configuration;
  const deployed = await deployTriggers(options.wrangler, configuration.value);
  return deployed.ok ? ok({}) : deployed;
}

async function takeBack({ wrangler }: WorkerTargetOptions, before: string): Promise<Result<Done, Trouble>> {
  const split = await readSplit(wrangler);
  if (!split.ok) return split;
  const now = serving(split.value ?? []);
  if (now === undefined) return err(vanished(wrangler.name));
  if (now === before && split.value?.length === 1) return ok({});
  const [old, current] = [await readVersion(wrangler, before), await readVersion(wrangler, now)];
  if (!old.ok) return old;
  if (!current.ok) return current;
  if (old.value.migration !== current.value.migration) {
    return err({
      sentence: `${wrangler.name} has gone through the migration ${current.value.migration}, which nothing takes back.`,
      nextStep: 'Mend the new code and deploy it; the old would not find its Durable Objects.',
    });
  }
  const back = await splitTraffic(
    wrangler,
    [{ version_id: before, percentage: 100 }],
    'the new version was not healthy',
  );
  if (!back.ok) return back;
  return ok(
    now === before
      ? {}
      : {
          warnings: [
            `Schedules, routes and queue consumers of ${wrangler.name} follow no version: ` +
              'they may be the new ones until the next deployment.',
          ],
        },
  );
}
