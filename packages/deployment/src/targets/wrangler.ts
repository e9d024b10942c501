import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { askProgram, callProgram, parseAnswer } from '../programs/call-program.ts';
import type { ProgramCall, ProgramRunner } from '../programs/program-runner.ts';
import { tellFailure } from '../programs/tell-failure.ts';
import type { Trouble } from '../programs/trouble.ts';

/** One Worker at Cloudflare, as wrangler tells and changes it. Every call says what it is and may be repeated. */
export interface WranglerWorker {
  /** Name at Cloudflare, with the environment behind it. */
  readonly name: string;
  readonly accountId: string;
  readonly runner: ProgramRunner;
}

const ASK_MS = 60_000;
const CHANGE_MS = 5 * 60_000;

/** Cloudflare's code for a Worker that is not there. */
const NOT_FOUND = /\bcode: 10007\b/u;

const Status = z.object({ versions: z.array(z.object({ version_id: z.string(), percentage: z.number() })).min(1) });
export type Split = z.infer<typeof Status>['versions'];

const Version = z.object({
  id: z.string(),
  annotations: z.looseObject({ 'workers/tag': z.string().optional() }).optional(),
  resources: z
    .looseObject({ script_runtime: z.looseObject({ migration_tag: z.string().optional() }).optional() })
    .optional(),
});
const Versions = z.array(z.object({ id: z.string(), annotations: Version.shape.annotations }));

const call = (worker: WranglerWorker, args: readonly string[], timeoutMs: number): ProgramCall => ({
  program: 'wrangler',
  args,
  environment: { CLOUDFLARE_ACCOUNT_ID: worker.accountId, WRANGLER_SEND_METRICS: 'false' },
  timeoutMs,
});

/** What share of requests which version gets; undefined where the Worker does not exist. */
export async function readSplit(worker: WranglerWorker): Promise<Result<Split | undefined, Trouble>> {
  const doing = `Deployment of ${worker.name}`;
  const asked = call(worker, ['deployments', 'status', '--name', worker.name, '--json'], ASK_MS);
  const answer = await worker.runner.run(asked);
  if (!answer.ok) {
    const isMissing = answer.error.kind === 'failed' && NOT_FOUND.test(answer.error.lastWords);
    return isMissing ? ok(undefined) : err(tellFailure(doing, asked, answer.error));
  }
  const status = parseAnswer(doing, 'wrangler', answer.value.stdout, Status);
  return status.ok ? ok(status.value.versions) : status;
}

export interface VersionFacts {
  readonly tag: string | undefined;
  /** Newest migration of Durable Objects it was uploaded with. */
  readonly migration: string | undefined;
}

export async function readVersion(worker: WranglerWorker, id: string): Promise<Result<VersionFacts, Trouble>> {
  const args = ['versions', 'view', id, '--name', worker.name, '--json'];
  const version = await askProgram(
    worker.runner,
    `Version ${id} of ${worker.name}`,
    call(worker, args, ASK_MS),
    Version,
  );
  if (!version.ok) return version;
  const { annotations, resources } = version.value;
  return ok({ tag: annotations?.['workers/tag'], migration: resources?.script_runtime?.migration_tag });
}

/** Uploads without serving it to anybody; answers the version's id. */
export async function uploadVersion(worker: WranglerWorker, upload: Upload): Promise<Result<string, Trouble>> {
  return withTag(worker, ['versions', 'upload'], upload);
}

/** Uploads and serves at once: for a Worker that does not exist yet, or whose Durable Objects have to migrate. */
export async function deployAtOnce(worker: WranglerWorker, upload: Upload): Promise<Result<string, Trouble>> {
  return withTag(worker, ['deploy'], upload);
}

export interface Upload {
  /** Absolute path of the configuration. */
  readonly configuration: string;
  /** Unique for this deployment: the version is found by it. At most 25 characters. */
  readonly tag: string;
  readonly message: string;
}

async function withTag(
  worker: WranglerWorker,
  words: readonly string[],
  upload: Upload,
): Promise<Result<string, Trouble>> {
  const { configuration, tag, message } = upload;
  const args = [...words, '--config', configuration, '--tag', tag, '--message', message];
  const done = await callProgram(worker.runner, `Upload of ${worker.name}`, call(worker, args, CHANGE_MS));
  if (!done.ok) return done;
  const listed = await askProgram(
    worker.runner,
    `Versions of ${worker.name}`,
    call(worker, ['versions', 'list', '--name', worker.name, '--json'], ASK_MS),
    Versions,
  );
  if (!listed.ok) return listed;
  const version = listed.value.find(({ annotations }) => annotations?.['workers/tag'] === tag);
  if (version !== undefined) return ok(version.id);
  return err({
    sentence: `Cloudflare lists no version ${tag} of ${worker.name} after its upload.`,
    nextStep: 'Run the deployment again: it uploads anew.',
  });
}

/**
 * Shares out requests; percentages have to make 100. With a `configuration` wrangler also sets what no version carries:
 * who tails the Worker, and whether its logs are kept.
 */
export async function splitTraffic(
  worker: WranglerWorker,
  split: Split,
  why: string,
  configuration?: string,
): Promise<Result<void, Trouble>> {
  const shares = split.map(({ version_id: id, percentage }) => `${id}@${percentage}%`);
  const settings = configuration === undefined ? [] : ['--config', configuration];
  const args = ['versions', 'deploy', ...shares, '--name', worker.name, ...settings, '--message', why, '--yes'];
  const done = await callProgram(worker.runner, `Traffic of ${worker.name}`, call(worker, args, CHANGE_MS));
  return done.ok ? ok(undefined) : done;
}

/** Schedules, routes and queue consumers, which follow no version. */
export async function deployTriggers(worker: WranglerWorker, configuration: string): Promise<Result<void, Trouble>> {
  const args = ['triggers', 'deploy', '--config', configuration];
  const done = await callProgram(worker.runner, `Triggers of ${worker.name}`, call(worker, args, CHANGE_MS));
  return done.ok ? ok(undefined) : done;
}
