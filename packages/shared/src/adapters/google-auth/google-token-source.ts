import { unreachable } from '../../result/result.ts';
import type { GoogleAccess } from './google-config.ts';
import type { GoogleScope } from './google-scope.ts';
import type { TokenSource } from './issued-token.ts';
import { serviceAccountTokens } from './service-account-tokens.ts';
import { workloadIdentityTokens } from './workload-identity-tokens.ts';

/** Tokens from Google by whichever credentials are configured. */
export function googleTokenSource(options: {
  readonly credentials: GoogleAccess['credentials'];
  /** What a service account's token is good for; a federated one has the rights that IAM gives its subject. */
  readonly scope: GoogleScope;
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
