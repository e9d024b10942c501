import type { StandInReply, StandInRequest } from '../stand-in-server.ts';
import { found, refusal } from './google-replies.ts';
import type { SecretManagerWorld } from './secret-manager-world.ts';

/** `GET /v2/projects/P/locations/R/functions/NAME`. */
const PATH = /^\/v2\/projects\/([^/]+)\/locations\/([^/]+)\/functions\/([^/]+)$/u;

export function answerFunction(
  world: SecretManagerWorld,
  permissions: readonly string[],
  request: StandInRequest,
): StandInReply {
  const [, project, location, id = ''] = PATH.exec(request.url.pathname) ?? [];
  if (project === undefined || request.method !== 'GET') return refusal(404, 'Method not found.');
  const name = `projects/${project}/locations/${location}/functions/${id}`;
  if (project !== world.project || !permissions.includes('cloudfunctions.functions.get')) {
    return refusal(403, `Permission 'cloudfunctions.functions.get' denied on '${name}'`);
  }
  const deployed = world.functions.get(id);
  if (deployed === undefined) return refusal(404, `Resource '${name}' was not found`);
  return found({
    name,
    state: 'ACTIVE',
    updateTime: new Date(deployed.updatedAtMs).toISOString(),
    serviceConfig: {
      secretEnvironmentVariables: Object.entries(deployed.secrets).map(([secret, version]) => ({
        key: secret.toUpperCase().replaceAll('-', '_'),
        projectId: project,
        secret,
        version,
      })),
    },
  });
}
