import { ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { AskError } from '../asking/ask-error.ts';
import type { WorkerDeployment, WorkerVersion } from '../ports/cloudflare-account.ts';
import { DeploymentsReply, VersionReply } from './cloudflare-replies.ts';

/** What serves a Worker, by Cloudflare's deployments and versions. I/O: `get`, below the script. */
type GetOfScript = <T>(path: string, answer: z.ZodType<T>) => Promise<Result<T, AskError>>;

/** Versions that are looked through for the one that a changed secret was put on: as many as Cloudflare lists. */
const VERSIONS_BEFORE_MAX = 10;
/** What Cloudflare notes of a version that nobody uploaded. */
const MADE_BY_SECRET = 'secret';

interface VersionFacts {
  readonly tag: string | undefined;
  readonly etag: string | undefined;
  readonly isMadeBySecret: boolean;
}

export async function readWorkerDeployment(get: GetOfScript): Promise<Result<WorkerDeployment | undefined, AskError>> {
  const reply = await get('/deployments', DeploymentsReply);
  if (!reply.ok) return reply.error.kind === 'missing' ? ok(undefined) : reply;
  const [newest, ...older] = reply.value.result.deployments;
  if (newest === undefined) return ok(undefined);
  const before = older.flatMap(({ versions }) => versions.toSorted(byShare).map(({ version_id }) => version_id));
  const versions = newest.versions.map(async ({ version_id: id, percentage }): Promise<WorkerVersion> => {
    const facts = await readFacts(get, id);
    const codeOf = facts?.isMadeBySecret === true ? await findCode(get, facts, before) : undefined;
    return {
      id,
      percentage,
      ...(facts?.tag === undefined ? {} : { tag: facts.tag }),
      ...(codeOf === undefined ? {} : { codeOf }),
    };
  });
  return ok({ versions: (await Promise.all(versions)).toSorted(byShare), deployedAt: new Date(newest.created_on) });
}

/** Without them the share of traffic is known all the same: whoever compares says what cannot be named. */
async function readFacts(get: GetOfScript, id: string): Promise<VersionFacts | undefined> {
  const reply = await get(`/versions/${encodeURIComponent(id)}`, VersionReply);
  if (!reply.ok) return undefined;
  const { annotations, resources } = reply.value.result;
  return {
    tag: annotations['workers/tag'],
    etag: resources?.script?.etag,
    isMadeBySecret: annotations['workers/triggered_by'] === MADE_BY_SECRET,
  };
}

/** The newest uploaded version of the very same script. */
async function findCode(
  get: GetOfScript,
  { etag }: VersionFacts,
  before: readonly string[],
): Promise<WorkerVersion['codeOf']> {
  if (etag === undefined) return undefined;
  for (const id of [...new Set(before)].slice(0, VERSIONS_BEFORE_MAX)) {
    const facts = await readFacts(get, id);
    if (facts === undefined || facts.isMadeBySecret || facts.etag !== etag) continue;
    return { id, ...(facts.tag === undefined ? {} : { tag: facts.tag }) };
  }
  return undefined;
}

const byShare = (one: { readonly percentage: number }, other: { readonly percentage: number }): number =>
  other.percentage - one.percentage;
