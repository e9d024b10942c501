import type { StandInReply, StandInRequest } from '../stand-ins/stand-in-server.ts';

/** The two shapes in which Google refuses: OAuth's at its token endpoints, the API error everywhere else. Pure. */
export const oauthError = (error: string, description: string): StandInReply => ({
  status: 400,
  body: { error, error_description: description },
});

type ApiStatus = 'INVALID_ARGUMENT' | 'UNAUTHENTICATED' | 'PERMISSION_DENIED' | 'NOT_FOUND' | 'UNAVAILABLE';
const API_CODES = {
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  UNAVAILABLE: 503,
} as const satisfies Record<ApiStatus, number>;

export const apiError = (status: ApiStatus, message: string): StandInReply => ({
  status: API_CODES[status],
  body: { error: { code: API_CODES[status], message, status } },
  ...(status === 'UNAUTHENTICATED'
    ? { headers: { 'www-authenticate': 'Bearer realm="https://accounts.google.com/"' } }
    : {}),
});

export const invalidCredentials = (): StandInReply =>
  apiError(
    'UNAUTHENTICATED',
    'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential.',
  );

export const bearerOf = (request: StandInRequest): string | undefined =>
  /^Bearer (\S+)$/u.exec(request.headers['authorization'] ?? '')?.[1];
