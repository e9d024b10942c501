import type { IncomingMessage } from 'node:http';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import * as z from 'zod';

/**
 * Who may call a private function, as Cloud Run's IAM decides it before a request reaches the container: the bearer is
 * an ID token for this service, signed by the issuer, of the one account that has the invoker role. I/O: the issuer's
 * keys, fetched once and again when a token names one that is not known.
 */
export const Invoker = z.strictObject({
  issuer: z.string(),
  /** JWKS of the issuer. */
  keysUrl: z.url(),
  audience: z.string(),
  /** The service account with `roles/run.invoker`. */
  email: z.email(),
});
export type Invoker = z.infer<typeof Invoker>;

/** 0 lets the request in; anything else is the status it is refused with. */
export type InvokerCheck = (request: Pick<IncomingMessage, 'headers'>) => Promise<0 | 401 | 403 | 503>;

/** A restarted issuer may have new keys; a flood of bad tokens may not fetch them each time. */
const REFETCH_MS_MIN = 1_000;

export function invokerCheck(invoker: Invoker): InvokerCheck {
  const keys = createRemoteJWKSet(new URL(invoker.keysUrl), { cooldownDuration: REFETCH_MS_MIN });
  return async ({ headers }) => {
    const token = /^Bearer (\S+)$/u.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) return 403; // As Cloud Run: nobody is "unauthenticated", and they may not.
    try {
      const { issuer, audience } = invoker;
      const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] });
      return payload['email'] === invoker.email && payload['email_verified'] === true ? 0 : 403;
    } catch (error) {
      return error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout) ? 401 : 503;
    }
  };
}
