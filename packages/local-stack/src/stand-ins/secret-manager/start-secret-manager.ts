import type { RunningStandIn } from '../run-stand-in.ts';
import { type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { answerFunction } from './function-routes.ts';
import { refusal } from './google-replies.ts';
import type { SecretManagerWorld } from './secret-manager-world.ts';
import { answerSecret } from './secret-routes.ts';

/**
 * Google's Secret Manager, and of Cloud Functions what shows which versions a function was deployed with. Strict about
 * rights, checksums and paths. I/O: listens on 127.0.0.1; what it holds ends with it.
 */
export async function startSecretManager(options: {
  readonly port: number;
  readonly world: SecretManagerWorld;
}): Promise<RunningStandIn> {
  const { port, world } = options;
  return startStandIn({ name: 'secret-manager', port, answer: request => answer(world, request) });
}

function answer(world: SecretManagerWorld, request: StandInRequest): StandInReply {
  const token = /^Bearer (\S+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
  const permissions = token === undefined ? undefined : world.callers.get(token);
  if (permissions === undefined) {
    return refusal(401, 'Request had invalid authentication credentials. Expected OAuth 2 access token.');
  }
  const { pathname } = request.url;
  if (pathname.startsWith('/v1/projects/')) return answerSecret(world, permissions, request);
  if (pathname.startsWith('/v2/projects/')) return answerFunction(world, permissions, request);
  return refusal(404, 'The requested URL was not found on this server.');
}
