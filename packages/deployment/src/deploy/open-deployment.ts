import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { EnvironmentName } from '../environment/environment-values.ts';
import type { Trouble } from '../programs/trouble.ts';
import { checkVersionSkew } from '../version-skew/check-version-skew.ts';
import type { ContractVersions } from '../version-skew/contracts.ts';
import { stageOf } from './advance.ts';
import type { Deployment } from './deployment.ts';
import type { Stage } from './stages.ts';

export interface DeploymentRequest {
  readonly id: string;
  readonly environment: EnvironmentName;
  readonly who: string;
  /** Full hash of what is deployed. */
  readonly commit: string;
  readonly stages: readonly Stage[];
  /** Numbers of the contracts of that commit. */
  readonly contracts: ContractVersions;
}

/**
 * The deployment that begins now, or why none may. One that is still under way is never disturbed; what one that died
 * or could not be taken back has left open is inherited, together with what served before it. Pure.
 */
export function openDeployment(
  request: DeploymentRequest,
  previous: Deployment | undefined,
  nowMs: number,
): Result<Deployment, Trouble> {
  if (previous !== undefined && previous.outcome === undefined && Date.parse(previous.expiresAt) > nowMs) {
    return err({
      sentence:
        `${previous.who} has been deploying ${previous.commit.slice(0, 12)} to ${previous.environment} since ` +
        `${previous.startedAt}; two deployments at once would undo each other.`,
      nextStep:
        `Wait for its end. If it has died, run this again after ${previous.expiresAt}: ` +
        'it then takes over and goes on from there.',
    });
  }
  const open = previous?.outcome === 'healthy' || previous?.outcome === 'rolled_back' ? [] : (previous?.open ?? []);
  const left = open.filter(name => !request.stages.some(stage => stage === stageOf(name)));
  if (previous !== undefined && left.length > 0) {
    return err({
      sentence: `The deployment of ${previous.startedAt} was not finished and has left ${left.join(', ')} half-way.`,
      nextStep: 'Run the deployment without --only: it goes on where that one stopped.',
    });
  }
  const { stages, contracts: current } = request;
  const skew = checkVersionSkew({ deployed: previous?.contracts ?? {}, current, stages });
  if (skew !== undefined) return err(skew);
  const inherited = Object.entries(previous?.before ?? {}).filter(([name]) => open.includes(name));
  return ok({
    format: 1,
    id: request.id,
    environment: request.environment,
    who: request.who,
    commit: request.commit,
    startedAt: new Date(nowMs).toISOString(),
    expiresAt: new Date(nowMs).toISOString(),
    sequence: 0,
    stages: [...request.stages],
    direction: 'forward',
    done: [],
    open,
    stuck: [],
    before: Object.fromEntries(inherited),
    after: {},
    ...(previous?.swarmCommit === undefined ? {} : { swarmCommit: previous.swarmCommit }),
    contracts: previous?.contracts ?? {},
    warnings: [],
  });
}
