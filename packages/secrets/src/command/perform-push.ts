import { type EnvironmentName, resourceName } from '@innkeeper/deployment/environment/environment-values';
import { nameGithubPlace } from '../catalogue/name-github-place.ts';
import { explainFailure } from '../ports/vendor-failure.ts';
import type { PushPlan } from '../push/plan-push.ts';
import { publicHalfCheck } from '../push/public-half.ts';
import { type GithubCopy, lookAtGithub, pushToGithub } from '../push/push-to-github.ts';
import { carryOutPush, foreseePush, type PushFailure, type PushTarget } from '../push/push-to-worker.ts';
import { type Context, type ExitCode, isAgreed } from './context.ts';
import type { Action } from './read-order.ts';

interface Foreseen {
  readonly target: PushTarget;
  readonly plan: PushPlan;
}

/** `pnpm secrets push`: one Worker after the other; what was given stays given when a later one fails. */
export async function performPush(order: Extract<Action, { kind: 'push' }>, context: Context): Promise<ExitCode> {
  const { ports, terminal, environment } = context;
  const foreseen: Foreseen[] = [];
  let isWell = true;
  const tell = (sentence: string): void => {
    isWell = false;
    terminal.err.write(`${sentence}\n`);
  };
  for (const worker of order.workers) {
    const target = { worker, script: resourceName(worker, environment.name) };
    const plan = await foreseePush(ports, target);
    if (plan.ok) foreseen.push({ target, plan: plan.value });
    else tell(`${target.script}: ${explainFailure(plan.error)}`);
  }
  const copies = order.github ? await lookAtGithub(ports) : undefined;
  if (copies?.ok === false) tell(explainFailure(copies.error));
  const behind = copies?.ok === true ? copies.value.filter(({ state }) => state !== 'current') : [];

  terminal.out.write(describePlans(foreseen, environment.name, describeCopies(behind, environment.name)));
  if (foreseen.some(({ plan }) => plan.missing.length > 0)) isWell = false;
  const changes = foreseen.filter(({ plan }) => plan.steps.length > 0);
  if (changes.length === 0 && behind.length === 0) return isWell ? 0 : 1;
  if (order.dryRun) return isWell ? 0 : 1;
  if (!(await isAgreed(context, order, 'Give them these?'))) return 1;

  for (const { target, plan } of changes) {
    const done = await carryOutPush(ports, target, plan, publicHalfCheck(environment));
    if (done.ok)
      terminal.out.write(`✓ ${target.script} has ${plan.steps.map(({ variable }) => variable).join(', ')}\n`);
    else tell(`${target.script}: ${explainPush(done.error)}`);
  }
  const set = await pushToGithub(ports, behind);
  if (!set.ok) tell(explainFailure(set.error));
  else
    for (const { name, place } of behind)
      terminal.out.write(`✓ ${nameGithubPlace(place, environment.name)} of GitHub has ${name}\n`);
  return isWell ? 0 : 1;
}

function describePlans(foreseen: readonly Foreseen[], environment: EnvironmentName, copies: readonly string[]): string {
  const where = `Next: ./dev secrets status --env ${environment} says where to get it.`;
  const lines = foreseen.flatMap(({ target: { script }, plan }) => [
    ...(plan.steps.length === 0 && plan.missing.length === 0 ? [`${script}: nothing to give`] : []),
    ...plan.steps.map(({ variable, id, version, why }) => `${script}: ${variable} ← ${id} version ${version} (${why})`),
    ...plan.missing.map(id => `${script}: ${id} is not set. ${where}`),
    ...plan.strange.map(name => `${script}: ${name} is not in the catalogue; it is left as it is`),
  ]);
  return [...lines, ...copies].map(line => `${line}\n`).join('');
}

const describeCopies = (copies: readonly GithubCopy[], environment: EnvironmentName): string[] =>
  copies.map(({ name, place, id, version, state }) => {
    const at = nameGithubPlace(place, environment);
    return `GitHub, ${at}: ${name} ← ${id} version ${version} (${state})`;
  });

function explainPush(failure: PushFailure): string {
  if (failure.kind === 'not_kept') {
    return `Cloudflare took the call and does not list ${failure.variables.join(', ')}. Next: push again.`;
  }
  if (failure.kind !== 'public_half_unknown') return explainFailure(failure);
  return (
    `the public half of ${failure.id} stands nowhere, so nobody would believe this key. ` +
    `Next: note what \`generate\` printed in ${failure.where}, apply, then push again.`
  );
}
