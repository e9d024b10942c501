import type { StandInReply, StandInRequest } from '../stand-ins/stand-in-server.ts';
import type { TokenEndpointOptions } from './token-endpoints.ts';

/**
 * The metadata server of a machine in Google Cloud: whatever runs there is the machine's service account, and asks here
 * for its bearer token. The header keeps requests out that somebody else was talked into making.
 */
export const METADATA_TOKEN_PATH = '/computeMetadata/v1/instance/service-accounts/default/token';
const FLAVOR = 'Google';

export function instanceToken(request: StandInRequest, options: TokenEndpointOptions): StandInReply {
  const headers = { 'metadata-flavor': FLAVOR };
  if (request.headers['metadata-flavor'] !== FLAVOR) {
    return { status: 403, body: 'Missing required header "Metadata-Flavor": "Google"', headers };
  }
  const access_token = options.tokens.issue({
    principal: 'functions@innkeeper.example',
    scope: 'https://www.googleapis.com/auth/cloud-platform',
    expiresAtMs: options.now() + options.tokenLifetimeMs,
  });
  const expires_in = Math.floor(options.tokenLifetimeMs / 1000);
  return { status: 200, body: { access_token, expires_in, token_type: 'Bearer' }, headers };
}
