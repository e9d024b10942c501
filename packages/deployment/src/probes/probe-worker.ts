import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { CompanySettings } from '../environment/environment-values.ts';
import type { Clock } from '../programs/clock.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { HttpProbe } from './http-probe.ts';
import { untilHealthy } from './until-healthy.ts';
import { bookingProbe, healthProbe, overrideHeader, type Probe, questionProbe } from './worker-probes.ts';

export interface ProbeWorkerOptions {
  readonly http: HttpProbe;
  readonly clock: Clock;
  readonly settings: CompanySettings;
  readonly readSecret: (id: string) => Promise<Result<Secret, Trouble>>;
}

export interface ProbedWorker {
  /** Folder below `workers/`. */
  readonly worker: string;
  /** Name at Cloudflare. */
  readonly name: string;
  /** Undefined: nobody can call it. */
  readonly origin: string | undefined;
  /** Absent: whatever serves. */
  readonly version?: string;
}

/** By Worker, the secret that a synthetic delivery is authentic by. */
const SECRET_IDS: Readonly<Record<string, string>> = {
  'guesty-webhook': 'guesty-webhook-secrets',
  'llm-query': 'rocketchat-webhook-tokens',
};

/** Whether a Worker is healthy and does its work, in one version or in whichever serves. */
export async function probeWorker(probed: ProbedWorker, options: ProbeWorkerOptions): Promise<Result<void, Trouble>> {
  const { worker, name, origin, version } = probed;
  if (origin === undefined) return ok(undefined);
  const headers = version === undefined ? {} : overrideHeader(name, version);
  const what = version === undefined ? name : `${name} (${version})`;
  const byIt = (probe: Probe): Probe => (version === undefined ? probe : { ...probe, from: version });
  const healthy = await untilHealthy(what, () => byIt(healthProbe(origin, headers)), options);
  const secretId = SECRET_IDS[worker];
  if (!healthy.ok || secretId === undefined) return healthy;
  const secret = await firstOf(secretId, options);
  if (!secret.ok) return secret;
  const make = (): Probe => {
    const input = { origin, headers, secret: secret.value, nowMs: options.clock.now() };
    return byIt(
      worker === 'guesty-webhook' ? bookingProbe(input) : questionProbe({ ...input, settings: options.settings }),
    );
  };
  return untilHealthy(what, make, options);
}

/** Several are valid at once, separated by commas. */
async function firstOf(id: string, { readSecret }: ProbeWorkerOptions): Promise<Result<Secret, Trouble>> {
  const value = await readSecret(id);
  if (!value.ok) return value;
  const first = value.value.reveal().split(',')[0]?.trim() ?? '';
  if (first !== '') return ok(new Secret(first));
  return err({
    sentence: `The secret ${id} is empty, so no synthetic delivery can be signed.`,
    nextStep: 'Fill it with `./dev secrets`, then run the deployment again.',
  });
}
