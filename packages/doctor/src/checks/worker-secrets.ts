import { secretsOfWorker } from '@innkeeper/secrets/catalogue/catalogue';
import type { WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';
import { planPush } from '@innkeeper/secrets/push/plan-push';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { AskError } from '../asking/ask-error.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Expected } from '../expected/expected.ts';
import type { CloudflareAccount } from '../ports/cloudflare-account.ts';
import type { SecretVersions } from '../ports/secret-versions.ts';
import { notAsked, unwell, type Verdict, well } from '../report/finding.ts';
import { both, onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';
import { SET_THEM } from './secrets.ts';

/** Whether each Worker has the newest value of each of its secrets, by version and label: none is ever read. */
export function workerSecretChecks(
  { secrets, cloudflare }: Pick<World, 'secrets' | 'cloudflare'>,
  { scripts, deployed }: Pick<Expected, 'scripts' | 'deployed'>,
): Check[] {
  const of = both(onceDeployed(deployed.workers, 'workers', cloudflare), secrets);
  return [...scripts]
    .filter(([worker]) => secretsOfWorker(worker).length > 0)
    .map(([worker, script]) =>
      check({
        id: `secrets/worker/${worker}`,
        title: `secrets that ${script} has`,
        of,
        asked: VENDORS.cloudflare,
        read: ports => kept(ports, worker, script),
        judge: found => judgeWorkerSecrets(worker, found),
      }),
    );
}

/** Without `names` the Worker was never deployed; without `wanted` nobody knows the newest versions. */
interface KeptSecrets {
  readonly wanted: Parameters<typeof planPush>[0] | undefined;
  readonly names: readonly string[] | undefined;
}

async function kept(
  [account, versions]: readonly [CloudflareAccount, SecretVersions],
  worker: WorkerName,
  script: string,
): Promise<Result<KeptSecrets, AskError>> {
  const [names, newest] = await Promise.all([
    account.secretNames(script),
    Promise.all(
      secretsOfWorker(worker).map(async ({ entry, variable }) => ({
        secret: { id: entry.id, variable, isOptional: entry.isOptional === true },
        version: await versions.newest(entry.id),
      })),
    ),
  ]);
  if (!names.ok) return names;
  const wanted = [];
  for (const { secret, version } of newest) {
    if (!version.ok) return ok({ wanted: undefined, names: names.value });
    wanted.push(version.value === undefined ? secret : { ...secret, version: version.value.number });
  }
  return ok({ wanted, names: names.value });
}

/** Pure. */
function judgeWorkerSecrets(worker: WorkerName, { wanted, names }: KeptSecrets): Verdict {
  if (names === undefined) return notAsked('was never deployed, so that it has none');
  if (wanted === undefined) return notAsked('the newest versions are not known: “secrets that are set” says why');
  const { steps, missing } = planPush(wanted, names);
  const absent = steps.filter(({ why }) => why === 'absent').map(({ variable }) => variable);
  const behind = steps.filter(({ why }) => why === 'behind').map(({ id, version }) => `${id} version ${version}`);
  const figure = [
    ...(absent.length === 0 ? [] : [`lacks ${absent.join(', ')}`]),
    ...(behind.length === 0 ? [] : [`is not known to have ${behind.join(', ')}`]),
    ...(missing.length === 0 ? [] : [`waits for ${missing.join(', ')}, which nobody has set`]),
  ].join('; ');
  if (figure === '') return well(`the newest of ${wanted.filter(({ version }) => version !== undefined).length}`);
  const urgency = absent.length + missing.length > 0 ? 'now' : 'today';
  return unwell(urgency, figure, steps.length === 0 ? SET_THEM : `./dev secrets push --env ENV --worker ${worker}`);
}
