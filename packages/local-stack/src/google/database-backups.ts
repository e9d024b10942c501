import type { StandInReply, StandInRequest } from '../stand-ins/stand-in-server.ts';
import { apiError, bearerOf, invalidCredentials } from './google-answers.ts';
import type { IssuedTokens } from './issued-tokens.ts';

/**
 * Firestore's managed backups, as its admin API lists them. The emulator makes none: there is one of each of the last
 * seven midnights, named by its day.
 */
export const BACKUPS_PATH = /^\/v1\/projects\/([^/]+)\/locations\/(?:-|[a-z0-9-]+)\/backups$/u;

const LOCATION = 'eur3';
const BACKUPS = 7;
const DAY_MS = 86_400_000;

export function listDatabaseBackups(
  request: StandInRequest,
  options: { readonly project: string; readonly tokens: IssuedTokens; readonly now: () => number },
): StandInReply {
  if (options.tokens.find(bearerOf(request) ?? '') === undefined) return invalidCredentials();
  if (request.method !== 'GET') return apiError('NOT_FOUND', 'Requested entity was not found.');
  const midnight = Math.floor(options.now() / DAY_MS) * DAY_MS;
  const backups = Array.from({ length: BACKUPS }, (_, days) => {
    const takenAt = midnight - days * DAY_MS;
    const at = (ms: number): string => new Date(ms).toISOString();
    return {
      name: `projects/${options.project}/locations/${LOCATION}/backups/daily-${at(takenAt).slice(0, 10)}`,
      database: `projects/${options.project}/databases/(default)`,
      snapshotTime: at(takenAt),
      expireTime: at(takenAt + BACKUPS * DAY_MS),
      state: 'READY',
    };
  });
  return { status: 200, body: { backups } };
}
