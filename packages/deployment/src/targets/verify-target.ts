import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Stage } from '../deploy/stages.ts';
import type { Done, Step, Target } from '../deploy/target.ts';
import type { Manifest } from '../functions/manifest.ts';
import type { HttpProbe } from '../probes/http-probe.ts';
import { type ProbedWorker, type ProbeWorkerOptions, probeWorker } from '../probes/probe-worker.ts';
import { untilHealthy } from '../probes/until-healthy.ts';
import type { Clock } from '../programs/clock.ts';
import type { Trouble } from '../programs/trouble.ts';
import { notReady } from './function-target.ts';
import { type Gcloud, readService } from './gcloud.ts';

export interface VerifyOptions {
  readonly stages: readonly Stage[];
  readonly http: HttpProbe;
  readonly clock: Clock;
  readonly gcloud: Gcloud;
  readonly manifest: Manifest;
  /** Addresses of functions by name. */
  readonly functionUrls: () => Promise<Result<Readonly<Record<string, string>>, Trouble>>;
  readonly workers: readonly ProbedWorker[];
  readonly probe: ProbeWorkerOptions;
  readonly hostnames: { readonly chat: string; readonly login: string };
}

/** Everything as its users reach it, once all of it is new: only what this deployment touched. */
export function verifyTarget(options: VerifyOptions): Target {
  const step = (stage: Stage, verb: string, forward: () => Promise<Result<void, Trouble>>): Step[] => {
    const check = async (): Promise<Result<Done, Trouble>> => {
      const checked = await forward();
      return checked.ok ? ok({}) : checked;
    };
    return options.stages.includes(stage) ? [{ id: `verify: ${verb}`, phase: 1, forward: check }] : [];
  };
  return {
    name: 'verify',
    stage: 'verify',
    foresee: async () => ok([]),
    steps: [
      ...step('ansible', 'chat', () => verifyChat(options)),
      ...step('functions', 'functions', () => verifyFunctions(options)),
      ...options.workers.flatMap(worker => step('workers', worker.name, () => probeWorker(worker, options.probe))),
    ],
  };
}

async function verifyChat({ hostnames, http, clock }: VerifyOptions): Promise<Result<void, Trouble>> {
  const pages = [`https://${hostnames.chat}/api/info`, `https://${hostnames.login}/robots.txt`];
  for (const url of pages) {
    const request = { method: 'GET', url, headers: {} } as const;
    const healthy = await untilHealthy(url, () => ({ what: 'a visit', request, expects: 200 }), { http, clock });
    if (!healthy.ok) return healthy;
  }
  return ok(undefined);
}

async function verifyFunctions(options: VerifyOptions): Promise<Result<void, Trouble>> {
  const urls = await options.functionUrls();
  if (!urls.ok) return urls;
  for (const [name, { trigger }] of Object.entries(options.manifest)) {
    const service = await readService(options.gcloud, name);
    if (!service.ok) return service;
    if (service.value?.isReady !== true || !service.value.followsLatest) return err(notReady(name));
    const url = urls.value[name];
    if (trigger.invoker !== 'public' || url === undefined) continue;
    // Only its own code says 405: a start that failed is a 5xx, and Cloud Run's refusal a 403.
    const request = { method: 'GET', url, headers: {} } as const;
    const healthy = await untilHealthy(name, () => ({ what: 'a visit', request, expects: 405 }), options);
    if (!healthy.ok) return healthy;
  }
  return ok(undefined);
}
