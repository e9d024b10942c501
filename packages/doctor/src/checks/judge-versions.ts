import type { Deployment } from '@innkeeper/deployment/deploy/deployment';
import { STAGES } from '@innkeeper/deployment/deploy/stages';
import { checkVersionSkew } from '@innkeeper/deployment/version-skew/check-version-skew';
import type { ContractVersions } from '@innkeeper/deployment/version-skew/contracts';
import { ageMs, ago } from '../asking/age.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';

/** Whether what serves is what the last deployment left. Pure. */
const COMMIT_SHOWN = 12;

export function judgeDeployment(newest: Deployment | undefined, now: Date): Verdict {
  if (newest === undefined)
    return unwell('this_week', 'none is in the journal', 'Deploy by ./dev deploy --env ENV, which keeps it.');
  const { commit, outcome, startedAt, expiresAt, failure, id } = newest;
  const figure = `${commit.slice(0, COMMIT_SHOWN)}, ${ago(startedAt, now)}`;
  switch (outcome) {
    case 'healthy':
      return well(figure);
    case undefined:
      return ageMs(expiresAt, now) <= 0
        ? well(`${figure}, still at work`)
        : unwell('now', `${figure}, was cut off`, `Go on with it: ./dev deploy --env ENV takes up ${id}.`);
    case 'rolled_back':
    case 'failed':
    case 'rollback_failed':
      return unwell(
        outcome === 'rollback_failed' ? 'now' : 'today',
        `${figure}, ${outcome.replace('_', ' ')}${failure === undefined ? '' : ` in ${failure.stage}`}`,
        failure?.nextStep ?? 'See the run in GitHub Actions that deployed it.',
      );
  }
}

/** `serving`: version by target, as `worker/llm-query`. */
export function judgeVersions(
  serving: ReadonlyMap<string, string | undefined>,
  newest: Deployment | undefined,
): Verdict {
  if (newest === undefined)
    return unwell(
      'this_week',
      'no deployment says what should serve',
      'Deploy by ./dev deploy --env ENV, which keeps a journal.',
    );
  if (newest.outcome === undefined) return well('a deployment is under way');
  const { before, after } = newest;
  const known = new Map(
    [...serving].flatMap(([target, version]) => {
      const wanted = newest.outcome === 'healthy' ? (after[target] ?? before[target]) : before[target];
      return wanted == null ? [] : [[target, { version, wanted }] as const];
    }),
  );
  const other = [...known].filter(([, { version, wanted }]) => version !== wanted);
  if (other.length === 0) return well(`${known.size} of ${serving.size} as deployed last`);
  const figure = other.map(
    ([target, { version, wanted }]) => `${target} serves ${version ?? 'nothing'}, not ${wanted}`,
  );
  return unwell('today', figure.join(', '), 'Somebody deployed by hand: find out who, then ./dev deploy --env ENV.');
}

/** Whether this checkout could be deployed beside what serves: `current` are the numbers of its contracts. */
export function judgeSkew(newest: Deployment | undefined, current: ContractVersions): Verdict {
  if (newest === undefined) return well('nothing is deployed that it could differ from');
  const trouble = checkVersionSkew({ deployed: newest.contracts, current, stages: STAGES });
  if (trouble !== undefined) return unwell('this_week', trouble.sentence, trouble.nextStep);
  return well(`${Object.keys(current).length} contracts fit`);
}
