import { contractVersions } from '@innkeeper/deployment/version-skew/contracts';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { ago } from '../asking/age.ts';
import type { AskError } from '../asking/ask-error.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Expected } from '../expected/expected.ts';
import type { CloudflareAccount, WorkerDeployment, WorkerVersion } from '../ports/cloudflare-account.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { both, onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';
import { judgeDeployment, judgeSkew, judgeVersions } from './judge-versions.ts';

/** Each Worker’s version that serves, and whether all are of one release. Judgements are pure. */
export function workerChecks({ cloudflare, journal }: World, { scripts, deployed }: Expected, now: Date): Check[] {
  const of = { of: onceDeployed(deployed.workers, 'workers', cloudflare), asked: VENDORS.cloudflare };
  const asked = new Map<string, ReturnType<CloudflareAccount['deployment']>>();
  const deploymentOf = (account: CloudflareAccount, script: string) => {
    const known = asked.get(script) ?? account.deployment(script);
    asked.set(script, known);
    return known;
  };
  return [
    ...[...scripts.values()].map(script =>
      check({
        ...of,
        id: `workers/${script}`,
        title: script,
        read: account => deploymentOf(account, script),
        judge: deployment => judgeWorker(deployment, now),
      }),
    ),
    check({
      ...of,
      id: 'workers/release',
      title: 'one release',
      read: account =>
        all([...scripts.values()].map(async script => ({ script, deployment: await deploymentOf(account, script) }))),
      judge: judgeRelease,
    }),
    check({
      id: 'workers/deployment',
      title: 'last deployment',
      of: onceDeployed(deployed.workers, 'workers', journal),
      asked: VENDORS.journal,
      read: port => port.newest(),
      judge: newest => judgeDeployment(newest, now),
    }),
    check({
      id: 'workers/skew',
      title: 'this checkout beside what serves',
      of: onceDeployed(deployed.workers, 'workers', journal),
      asked: VENDORS.journal,
      read: port => port.newest(),
      judge: newest => judgeSkew(newest, contractVersions()),
    }),
    check({
      id: 'workers/versions',
      title: 'versions, by the last deployment',
      of: both(of.of, onceDeployed(deployed.workers, 'workers', journal)),
      asked: VENDORS.journal,
      read: async ([account, port]) => {
        const found = await all(
          [...scripts].map(async ([worker, script]) => ({
            script: `worker/${worker}`,
            deployment: await deploymentOf(account, script),
          })),
        );
        if (!found.ok) return found;
        const newest = await port.newest();
        if (!newest.ok) return newest;
        const serving = new Map([...found.value].map(([target, deployment]) => [target, uploadedBehind(deployment)]));
        return ok({ serving, newest: newest.value });
      },
      judge: ({ serving, newest }) => judgeVersions(serving, newest),
    }),
  ];
}

async function all(
  asked: readonly Promise<{
    readonly script: string;
    readonly deployment: Result<WorkerDeployment | undefined, AskError>;
  }>[],
): Promise<Result<ReadonlyMap<string, WorkerDeployment | undefined>, AskError>> {
  const found = new Map<string, WorkerDeployment | undefined>();
  for (const { script, deployment } of await Promise.all(asked)) {
    if (!deployment.ok) return deployment;
    found.set(script, deployment.value);
  }
  return ok(found);
}

const DEPLOY = 'Deploy the Workers again: ./dev deploy --env ENV.';
/** Of a git commit: enough to find it. */
const TAG_SHOWN = 12;

const tagOf = ({ tag, codeOf }: WorkerVersion): string | undefined => tag ?? codeOf?.tag;

/** The version that a deployment uploaded, though a changed secret may have made another one of it since. */
function uploadedBehind(deployment: WorkerDeployment | undefined): string | undefined {
  const [most] = deployment?.versions ?? [];
  return most?.codeOf?.id ?? most?.id;
}

export function judgeWorker(deployment: WorkerDeployment | undefined, now: Date): Verdict {
  if (deployment === undefined) return unwell('now', 'was never deployed', DEPLOY);
  const { versions, deployedAt } = deployment;
  const shares = versions.map(each => `${(tagOf(each) ?? each.id).slice(0, TAG_SHOWN)} ${each.percentage}%`);
  const figure = `${shares.join(', ')}, ${ago(deployedAt, now)}`;
  const whole = versions.reduce((sum, { percentage }) => sum + percentage, 0);
  if (versions.length === 1 && whole === 100) return well(figure);
  return unwell('today', figure, 'A deployment was left half done: end it or take it back, ./dev deploy --env ENV.');
}

export function judgeRelease(found: ReadonlyMap<string, WorkerDeployment | undefined>): Verdict {
  const tags = [...found].map(([script, deployment]) => {
    const [most] = deployment?.versions ?? [];
    return { script, tag: most === undefined ? undefined : tagOf(most) };
  });
  const unknown = tags.filter(({ tag }) => tag === undefined).map(({ script }) => script);
  if (unknown.length > 0) return unwell('this_week', `nobody said what was deployed: ${unknown.join(', ')}`, DEPLOY);
  const [newest, ...others] = new Set(tags.map(({ tag }) => tag));
  if (others.length === 0) return well((newest ?? '').slice(0, TAG_SHOWN));
  const figure = tags.map(({ script, tag }) => `${script} ${(tag ?? '').slice(0, TAG_SHOWN)}`).join(', ');
  return unwell(
    'this_week',
    figure,
    'See whether they may differ so far (packages/deployment/README.md), or deploy all: ./dev deploy --env ENV.',
  );
}
