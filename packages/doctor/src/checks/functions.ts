import { ok } from '@innkeeper/shared/result/result';
import { askOnce } from '../asking/ask-once.ts';
import { VENDORS } from '../asking/vendors.ts';
import type { Expected } from '../expected/expected.ts';
import type { RunService, RunServices } from '../ports/cloud-operations.ts';
import { unwell, type Verdict, well } from '../report/finding.ts';
import { both, onceDeployed } from '../run/availability.ts';
import { type Check, check } from '../run/check.ts';
import type { World } from '../world.ts';
import { judgeVersions } from './judge-versions.ts';

/** Each function of the manifest, as Cloud Run serves it. The judgement is pure. */
export function functionChecks({ runServices, journal }: World, { functions, deployed }: Expected): Check[] {
  const list = askOnce((services: RunServices) => services.list());
  const of = onceDeployed(deployed.functions, 'functions', runServices);
  return [
    ...functions.map(name =>
      check({
        id: `functions/${name}`,
        title: name,
        of,
        asked: VENDORS.google,
        read: list,
        judge: found => judgeFunction(found.find(service => service.name === name)),
      }),
    ),
    check({
      id: 'functions/versions',
      title: 'revisions, by the last deployment',
      of: both(of, journal),
      asked: VENDORS.journal,
      read: async ([services, port]) => {
        const [found, newest] = await Promise.all([list(services), port.newest()]);
        if (!found.ok) return found;
        return newest.ok ? ok({ serving: servingOf(functions, found.value), newest: newest.value }) : newest;
      },
      judge: ({ serving, newest }) => judgeVersions(serving, newest),
    }),
  ];
}

/** Revision that most requests get, by target. */
const servingOf = (
  functions: readonly string[],
  services: readonly RunService[],
): ReadonlyMap<string, string | undefined> =>
  new Map(
    functions.map(name => {
      const traffic = services.find(service => service.name === name)?.traffic ?? [];
      const [most] = traffic.toSorted((one, other) => other.percent - one.percent);
      return [`function/${name}`, most?.revision];
    }),
  );

const DEPLOY = 'Deploy the functions again: ./dev deploy --env ENV.';

export function judgeFunction(service: RunService | undefined): Verdict {
  if (service === undefined) return unwell('now', 'was never deployed', DEPLOY);
  const { isReady, latestCreated, latestReady, traffic } = service;
  const shares = traffic.filter(({ percent }) => percent > 0);
  const figure = shares.map(({ revision, percent }) => `${revision} ${percent}%`).join(', ');
  if (!isReady || shares.length === 0)
    return unwell('now', figure === '' ? 'serves nothing' : `${figure}, not ready`, DEPLOY);
  if (latestCreated !== latestReady)
    return unwell(
      'today',
      `${figure}; ${latestCreated} never became ready`,
      `Read its log: gcloud run revisions describe ${latestCreated}.`,
    );
  if (shares.some(({ revision }) => revision !== latestReady))
    return unwell(
      'this_week',
      `${figure}, though ${latestReady} is newer`,
      'It was rolled back. Mend what was wrong and deploy again.',
    );
  return well(figure);
}
