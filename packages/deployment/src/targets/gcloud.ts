import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { askProgram, callProgram, parseAnswer } from '../programs/call-program.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import { tellFailure } from '../programs/tell-failure.ts';
import type { Trouble } from '../programs/trouble.ts';

/** One project and region at Google, as gcloud tells and changes them. */
export interface Gcloud {
  readonly project: string;
  readonly region: string;
  readonly runner: ProgramRunner;
}

const ASK_MS = 2 * 60_000;
const DEPLOY_MS = 15 * 60_000;

const Function = z.object({
  name: z.string(),
  state: z.string(),
  labels: z.record(z.string(), z.string()).optional(),
});

export interface FunctionFacts {
  readonly isActive: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** What is known of a function; undefined where there is none. Asked by list, where absence is no error. */
export async function readFunction(gcloud: Gcloud, name: string): Promise<Result<FunctionFacts | undefined, Trouble>> {
  const { project, region, runner } = gcloud;
  const args = ['functions', 'list', '--v2', `--regions=${region}`, `--project=${project}`, '--format=json'];
  const listed = await askProgram(
    runner,
    `Function ${name}`,
    { program: 'gcloud', args, timeoutMs: ASK_MS },
    z.array(Function),
  );
  if (!listed.ok) return listed;
  const found = listed.value.find(each => each.name.endsWith(`/functions/${name}`));
  return ok(found === undefined ? undefined : { isActive: found.state === 'ACTIVE', labels: found.labels ?? {} });
}

const Service = z.object({
  metadata: z.object({ name: z.string() }),
  status: z.object({
    conditions: z.array(z.object({ type: z.string(), status: z.string() })).optional(),
    traffic: z
      .array(
        z.object({
          /** Absent while no revision has become ready: one such service must not hide the others. */
          revisionName: z.string().optional(),
          percent: z.int().optional(),
          latestRevision: z.boolean().optional(),
        }),
      )
      .optional(),
  }),
});

export interface ServiceFacts {
  readonly isReady: boolean;
  /** Revision that most requests get. */
  readonly serving: string | undefined;
  /** Whether new revisions get requests: after a rollback they do not. */
  readonly followsLatest: boolean;
}

/** The Cloud Run service behind a function; undefined where there is none. */
export async function readService(gcloud: Gcloud, name: string): Promise<Result<ServiceFacts | undefined, Trouble>> {
  const { project, region, runner } = gcloud;
  const args = ['run', 'services', 'list', `--region=${region}`, `--project=${project}`, '--format=json'];
  const listed = await askProgram(
    runner,
    `Service ${name}`,
    { program: 'gcloud', args, timeoutMs: ASK_MS },
    z.array(Service),
  );
  if (!listed.ok) return listed;
  const found = listed.value.find(({ metadata }) => metadata.name === name);
  if (found === undefined) return ok(undefined);
  const { conditions = [], traffic = [] } = found.status;
  const [most] = traffic.toSorted((a, b) => (b.percent ?? 0) - (a.percent ?? 0));
  return ok({
    isReady: conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
    serving: most?.revisionName,
    followsLatest: traffic.length > 0 && traffic.every(({ latestRevision }) => latestRevision === true),
  });
}

export async function deployFunction(
  gcloud: Gcloud,
  name: string,
  args: readonly string[],
): Promise<Result<void, Trouble>> {
  const call = { program: 'gcloud', args, timeoutMs: DEPLOY_MS } as const;
  const done = await callProgram(gcloud.runner, `Deployment of ${name}`, call);
  return done.ok ? ok(undefined) : done;
}

/** `latest`: whatever is newest, now and later. */
export async function routeTraffic(gcloud: Gcloud, name: string, to: string): Promise<Result<void, Trouble>> {
  const { project, region, runner } = gcloud;
  const args = [
    'run',
    'services',
    'update-traffic',
    name,
    to === 'latest' ? '--to-latest' : `--to-revisions=${to}=100`,
    `--region=${region}`,
    `--project=${project}`,
    '--quiet',
  ];
  const done = await callProgram(runner, `Traffic of ${name}`, { program: 'gcloud', args, timeoutMs: ASK_MS });
  return done.ok ? ok(undefined) : done;
}

const SecretVersion = z.object({ name: z.string().regex(/\/versions\/\d+$/u) });
/** Google's word for a secret that is not there. */
const NOT_FOUND = /\bNOT_FOUND\b/u;

/**
 * Number of the newest version of a secret that may be read: variables are pinned to one. Undefined where there is
 * none, or no such secret; `latest` would name a disabled one as well.
 */
export async function newestSecretVersion(gcloud: Gcloud, id: string): Promise<Result<string | undefined, Trouble>> {
  const { project, runner } = gcloud;
  const doing = `Secret ${id}`;
  const args = ['secrets', 'versions', 'list', id, '--filter=state=ENABLED', `--project=${project}`, '--format=json'];
  const call = { program: 'gcloud', args, timeoutMs: ASK_MS } as const;
  const answer = await runner.run(call);
  if (!answer.ok) {
    const isMissing = answer.error.kind === 'failed' && NOT_FOUND.test(answer.error.lastWords);
    return isMissing ? ok(undefined) : err(tellFailure(doing, call, answer.error));
  }
  const versions = parseAnswer(doing, 'gcloud', answer.value.stdout, z.array(SecretVersion));
  if (!versions.ok) return versions;
  const numbers = versions.value.map(({ name }) => Number(name.split('/').at(-1)));
  return ok(numbers.length === 0 ? undefined : String(Math.max(...numbers)));
}

/** The value of a secret, by standard output and into memory alone. */
export async function readSecret(gcloud: Gcloud, id: string): Promise<Result<Secret, Trouble>> {
  const args = ['secrets', 'versions', 'access', 'latest', `--secret=${id}`, `--project=${gcloud.project}`];
  const answer = await callProgram(gcloud.runner, `Secret ${id}`, { program: 'gcloud', args, timeoutMs: ASK_MS });
  return answer.ok ? ok(new Secret(answer.value.stdout)) : answer;
}

/** A short-lived token of whoever is logged in. */
export async function readAccessToken(runner: ProgramRunner): Promise<Result<Secret, Trouble>> {
  const call = { program: 'gcloud', args: ['auth', 'print-access-token'], timeoutMs: ASK_MS } as const;
  const answer = await callProgram(runner, 'Login at Google', call);
  return answer.ok ? ok(new Secret(answer.value.stdout.trim())) : answer;
}
