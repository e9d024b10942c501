import { apiError, bearerOf, invalidCredentials } from '../../google/google-answers.ts';
import { type StandInReply, type StandInRequest, type StandInServer, startStandIn } from '../stand-in-server.ts';
import { FIRESTORE_ADMIN_ROUTES } from './firestore-admin-routes.ts';
import type { GoogleOperationsWorld } from './google-operations-world.ts';
import { PUBSUB_ROUTES } from './pubsub-routes.ts';
import { RUN_ROUTES } from './run-routes.ts';
import { STORAGE_ROUTES } from './storage-routes.ts';
import { TIME_SERIES_ROUTES } from './time-series-routes.ts';

/**
 * Google's administration APIs as far as looking at a project needs them: Firestore Admin v1, Cloud Run v2, Monitoring
 * v3, of Pub/Sub the subscriptions, and of Cloud Storage the objects of one bucket.
 * Strict: another method than GET, another project or a missing permission is refused as Google refuses it. I/O:
 * listens on 127.0.0.1; what it holds ends with it.
 */
export interface GoogleOperationsRoute {
  /** Its first group is the project. */
  readonly path: RegExp;
  readonly permission: string;
  readonly answer: (world: GoogleOperationsWorld, request: StandInRequest, groups: readonly string[]) => StandInReply;
}

const ROUTES = [...FIRESTORE_ADMIN_ROUTES, ...PUBSUB_ROUTES, ...RUN_ROUTES, ...STORAGE_ROUTES, ...TIME_SERIES_ROUTES];

export function startGoogleOperations(options: {
  readonly port: number;
  readonly world: GoogleOperationsWorld;
}): Promise<StandInServer> {
  const { port, world } = options;
  return startStandIn({ name: 'google-operations', port, answer: request => answer(world, request) });
}

function answer(world: GoogleOperationsWorld, request: StandInRequest): StandInReply {
  const permissions = world.callers.get(bearerOf(request) ?? '');
  if (permissions === undefined) return invalidCredentials();
  const path = decodeURIComponent(request.url.pathname);
  const route = ROUTES.find(each => request.method === 'GET' && each.path.test(path));
  if (route === undefined) return apiError('NOT_FOUND', 'The requested URL was not found on this server.');
  const [, project = '', ...groups] = route.path.exec(path) ?? [];
  return project === world.project && permissions.includes(route.permission)
    ? route.answer(world, request, groups)
    : apiError('PERMISSION_DENIED', `Permission '${route.permission}' denied (or it may not exist).`);
}
