import * as z from 'zod';
import type { Stack } from './stack-problems.ts';

/** SeaweedFS's masters: what keeps the copies of files whole, and what Swarm may end one for. Pure. */
const Master = z.looseObject({
  command: z.array(z.string()),
  configs: z.array(z.looseObject({ source: z.string(), target: z.string() })).optional(),
  healthcheck: z.looseObject({ timeout: z.string() }),
});

/** Where a master looks for its settings besides its working folder. */
const SETTINGS = '/etc/seaweedfs/master.toml';
/** `/cluster/status` waits so long for a leader before it answers. */
const LEADER_SECONDS = 20;

/** `settings`: text of the configuration `seaweedfs_master`. Stacks without a master have no problems. */
export function seaweedfsProblems({ services }: Stack, settings: string): string[] {
  const found = Object.values(services).map(service => Master.safeParse(service).data);
  return found
    .filter(service => service?.command[0] === 'master')
    .flatMap(service => [
      ...(service?.configs?.some(({ source, target }) => source === 'seaweedfs_master' && target === SETTINGS) === true
        ? []
        : [`master: its settings are not at ${SETTINGS}`]),
      ...(/^ *lock\n(?:.*\n)*? *volume\.fix\.replication -apply\n(?:.*\n)*? *unlock$/mu.test(settings)
        ? []
        : ['master: copies that are lost with a server are never made again']),
      ...(Number.parseInt(service?.healthcheck.timeout ?? '', 10) > LEADER_SECONDS
        ? []
        : [`master: is ended while there is no leader, which takes it ${LEADER_SECONDS} seconds to say`]),
    ]);
}
