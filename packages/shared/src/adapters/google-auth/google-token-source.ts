import { unreachable } from '../../result/result.ts';
import type { GoogleSettings } from './google-config.ts';
import type { TokenSource } from './issued-token.ts';
import { serviceAccountTokens } from './service-account-tokens.ts';
import { workloadIdentityTokens } from './workload-identity-tokens.ts';

/** Tokens from Google by whichever credentials are configured. */
export function googleTokenSource(options: {
  readonly credentials: GoogleSettings['credentials'];
  readonly fetch: typeof fetch;
  readonly now: () => number;
}): TokenSource {
  const { credentials } = options;
  switch (credentials.kind) {
    case 'workload':
      return workloadIdentityTokens({ ...options, credentials });
    case 'service_account':
      return serviceAccountTokens({ ...options, credentials });
    default:
      return unreachable(credentials);
  }
}
