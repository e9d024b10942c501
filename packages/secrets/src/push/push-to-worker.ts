import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { secretsOfWorker } from '../catalogue/catalogue.ts';
import type { WorkerName } from '../catalogue/secret-entry.ts';
import { currentVersion, type SecretStore } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import type { WorkerSecrets } from '../ports/worker-secrets.ts';
import { type PushPlan, planPush, type WantedSecret } from './plan-push.ts';
import { markerOf } from './version-marker.ts';

export interface PushPorts {
  readonly store: SecretStore;
  readonly workers: WorkerSecrets;
}

export interface PushTarget {
  readonly worker: WorkerName;
  /** The Worker's name in its environment: `llm-query-dev`. */
  readonly script: string;
}

/** What would change. Reads numbers and names, no value. */
export async function foreseePush(
  { store, workers }: PushPorts,
  { worker, script }: PushTarget,
): Promise<Result<PushPlan, VendorFailure>> {
  const wanted: WantedSecret[] = [];
  for (const { entry, variable } of secretsOfWorker(worker)) {
    const versions = await store.versions(entry.id);
    if (!versions.ok) return versions;
    const current = currentVersion(versions.value);
    const version = current === undefined ? {} : { version: current.number };
    wanted.push({ id: entry.id, variable, isOptional: entry.isOptional === true, ...version });
  }
  const names = await workers.names(script);
  return names.ok ? ok(planPush(wanted, names.value)) : names;
}

/** Why a push did not come to its end. Said again, it does what is left. */
export type PushFailure =
  | VendorFailure
  /** A private key whose public half nobody was told: whoever it speaks to would refuse it. */
  | { readonly kind: 'public_half_unknown'; readonly id: string; readonly where: string }
  /** The Worker took the call and does not have what it was given. */
  | { readonly kind: 'not_kept'; readonly variables: readonly string[] };

/** Says where a public half has to be noted first; `undefined` when all is well. */
export type PublicHalfCheck = (id: string, value: Secret) => string | undefined;

/** One call with all that changed, then a look whether the Worker has it. */
export async function carryOutPush(
  { store, workers }: PushPorts,
  { script }: PushTarget,
  plan: PushPlan,
  missingPublicHalf: PublicHalfCheck,
): Promise<Result<void, PushFailure>> {
  if (plan.steps.length === 0) return ok(undefined);
  const changes: Record<string, Secret | undefined> = Object.fromEntries(plan.stale.map(name => [name, undefined]));
  for (const { id, variable, version } of plan.steps) {
    const value = await store.read(id, version);
    if (!value.ok) return value;
    const where = missingPublicHalf(id, value.value);
    if (where !== undefined) return err({ kind: 'public_half_unknown', id, where });
    changes[variable] = value.value;
    changes[markerOf(variable, version)] = new Secret(String(version));
  }
  const changed = await workers.change(script, changes);
  if (!changed.ok) return changed;
  const names = await workers.names(script);
  if (!names.ok) return names;
  const lost = plan.steps.filter(
    ({ variable, version }) => !names.value.includes(variable) || !names.value.includes(markerOf(variable, version)),
  );
  return lost.length === 0 ? ok(undefined) : err({ kind: 'not_kept', variables: lost.map(({ variable }) => variable) });
}
