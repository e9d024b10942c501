import {
  type StandInReply,
  type StandInRequest,
  type StandInServer,
  startStandIn,
} from '../stand-ins/stand-in-server.ts';
import { BACKUPS_PATH, listDatabaseBackups } from './database-backups.ts';
import { forwardToFirestore } from './firestore-proxy.ts';
import { apiError } from './google-answers.ts';
import { instanceToken, METADATA_TOKEN_PATH } from './instance-metadata.ts';
import { openIssuedTokens } from './issued-tokens.ts';
import { KEPT_ENTRIES_PATH, openLogBook, WRITE_ENTRIES_PATH } from './log-entries.ts';
import {
  exchangeToken,
  grantByAssertion,
  IMPERSONATION_PATH,
  impersonate,
  type ServiceAccount,
  type TokenEndpointOptions,
  type WorkloadProvider,
} from './token-endpoints.ts';

/**
 * Google as the product meets it, at one address: `POST /v1/token` (token exchange), `POST /token` (JWT bearer grant),
 * `POST /v1/projects/-/serviceAccounts/…:generateAccessToken`, the metadata server of a function's machine, the list of
 * Firestore's managed backups, `POST /v2/entries:write` of Cloud Logging; every other `/v1/projects/…` is Firestore,
 * for those with a token that was issued here.
 */
export interface GoogleOptions {
  /** 0 takes a free port. */
  readonly port: number;
  readonly stateDirectory: string;
  /** `host:port` of the emulator. */
  readonly firestoreHost: string;
  readonly workload: WorkloadProvider;
  readonly serviceAccounts?: readonly ServiceAccount[];
  /** Google's is an hour. */
  readonly tokenLifetimeMs?: number;
  readonly now?: () => number;
}

const TOKEN_LIFETIME_MS = 3_600_000;

export async function startGoogle(options: GoogleOptions): Promise<StandInServer> {
  const now = options.now ?? (() => Date.now());
  const tokens = openIssuedTokens({ stateDirectory: options.stateDirectory, now });
  const logBook = openLogBook({ tokens, now });
  let ownUrl = '';
  const endpoints: TokenEndpointOptions = {
    tokens,
    now,
    tokenLifetimeMs: options.tokenLifetimeMs ?? TOKEN_LIFETIME_MS,
    workload: options.workload,
    serviceAccounts: options.serviceAccounts ?? [],
    tokenUri: () => `${ownUrl}/token`,
  };

  const answer = (request: StandInRequest): Promise<StandInReply> | StandInReply => {
    const path = request.url.pathname;
    if (request.method === 'POST' && path === '/v1/token') return exchangeToken(request, endpoints);
    if (request.method === 'POST' && path === '/token') return grantByAssertion(request, endpoints);
    const account = IMPERSONATION_PATH.exec(path)?.[1];
    if (request.method === 'POST' && account !== undefined) {
      return impersonate(request, decodeURIComponent(account), endpoints);
    }
    if (request.method === 'GET' && path === METADATA_TOKEN_PATH) return instanceToken(request, endpoints);
    const project = BACKUPS_PATH.exec(path)?.[1];
    if (project !== undefined) return listDatabaseBackups(request, { project, tokens, now });
    if (request.method === 'POST' && path === WRITE_ENTRIES_PATH) return logBook.write(request);
    if (request.method === 'GET' && path === KEPT_ENTRIES_PATH) return logBook.kept();
    if (path.startsWith('/v1/projects/')) {
      return forwardToFirestore(request, { tokens, firestoreHost: options.firestoreHost });
    }
    return apiError('NOT_FOUND', 'Requested entity was not found.');
  };

  const server = await startStandIn({ name: 'google', port: options.port, answer });
  ownUrl = server.url;
  return {
    ...server,
    close: async () => {
      await server.close();
      tokens.close();
    },
  };
}
