import type { StandInReply, StandInRequest } from '../stand-ins/stand-in-server.ts';
import { apiError, bearerOf, invalidCredentials } from './google-answers.ts';
import type { IssuedTokens } from './issued-tokens.ts';

/**
 * Firestore's REST API as a caller with a token sees it: the emulator checks no credentials, so this does, before it.
 * Whole requests and answers; the emulator's answers pass unchanged.
 */
const SCOPES_THAT_REACH_FIRESTORE = new Set([
  'https://www.googleapis.com/auth/cloud-platform',
  'https://www.googleapis.com/auth/datastore',
]);

const EMULATOR_TIMEOUT_MS = 30_000; // beyond every caller's own limit

export async function forwardToFirestore(
  request: StandInRequest,
  options: { readonly tokens: IssuedTokens; readonly firestoreHost: string },
): Promise<StandInReply> {
  const grant = options.tokens.find(bearerOf(request) ?? '');
  if (grant === undefined) return invalidCredentials();
  if (!grant.scope.split(' ').some(scope => SCOPES_THAT_REACH_FIRESTORE.has(scope))) {
    return apiError('PERMISSION_DENIED', 'Request had insufficient authentication scopes.');
  }
  let response: Response;
  let body: string;
  try {
    response = await fetch(`http://${options.firestoreHost}${request.url.pathname}${request.url.search}`, {
      method: request.method,
      headers: {
        authorization: 'Bearer owner', // whom the emulator lets do everything
        ...(request.headers['content-type'] === undefined ? {} : { 'content-type': request.headers['content-type'] }),
      },
      ...(request.method === 'GET' || request.method === 'HEAD' ? {} : { body: new Uint8Array(request.body) }),
      signal: AbortSignal.timeout(EMULATOR_TIMEOUT_MS),
    });
    body = await response.text();
  } catch {
    return apiError('UNAVAILABLE', 'The service is currently unavailable.');
  }
  return {
    status: response.status,
    body,
    headers: { 'content-type': response.headers.get('content-type') ?? 'application/json' },
  };
}
