import type { RunningStandIn } from '../run-stand-in.ts';
import { type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { answerControl } from './hetzner-control.ts';
import { hetznerError } from './hetzner-replies.ts';
import { answerApi } from './hetzner-routes.ts';
import type { ImageRow } from './hetzner-rows.ts';
import { openWorld } from './hetzner-world.ts';
import { serverMachines } from './server-machine.ts';

/**
 * Hetzner Cloud's API as far as a throw-away server needs it, checked against the vendor's description. An ordered
 * server boots: its user_data is read as cloud-init reads it and starts the real backup runner. Servers are durable.
 */
export interface HetznerOptions {
  readonly port: number;
  readonly stateDirectory: string;
  readonly token: string;
  readonly images: readonly ImageRow[];
  /** What a booted server runs. Without it servers get as far as `running` and stay idle. */
  readonly runner?: { readonly program: string; readonly environment: Readonly<Record<string, string>> };
  /** How long creating takes, and then starting; Hetzner's take ten seconds. */
  readonly paceMs?: number;
  readonly now?: () => number;
}

const PACE_MS = 150; // of each step to a running server: long enough to be seen, and no more

export async function startHetzner(options: HetznerOptions): Promise<RunningStandIn> {
  let url = '';
  const { runner, stateDirectory } = options;
  const machines =
    runner === undefined
      ? undefined
      : serverMachines({
          stateDirectory,
          runnerProgram: runner.program,
          environment: runner.environment,
          powerUrl: id => `${url}/_control/servers/${id}/power-off`,
        });
  const world = openWorld({
    stateDirectory,
    machines,
    images: options.images,
    paceMs: options.paceMs ?? PACE_MS,
    now: options.now ?? Date.now,
  });

  const callApi = (request: StandInRequest): StandInReply => {
    if (request.headers['authorization'] !== `Bearer ${options.token}`) {
      return hetznerError('unauthorized', 'unable to authenticate');
    }
    const { allowed, headers } = world.limit.take();
    const reply = allowed
      ? answerApi(world, request, request.url.pathname.slice('/v1'.length))
      : hetznerError('rate_limit_exceeded', 'limit of 3600 requests per hour reached');
    return { ...reply, headers: { ...headers, ...reply.headers } };
  };

  const answer = (request: StandInRequest): StandInReply => {
    const { pathname } = request.url;
    if (pathname.startsWith('/_control/')) return answerControl(world, request);
    return pathname.startsWith('/v1/') ? callApi(request) : hetznerError('not_found', 'page not found');
  };

  const server = await startStandIn({ name: 'hetzner', port: options.port, answer });
  ({ url } = server);
  return {
    url,
    async close() {
      await server.close();
      await world.close();
    },
  };
}
