import type { OidcIssuer, PushIdentity } from './oidc-issuer.ts';

/**
 * A call of a private function by somebody who may: with an ID token for its audience, as Cloud Scheduler and
 * `gcloud auth print-identity-token` bring one. The function's answer passes unchanged.
 */
export interface Invocable {
  readonly name: string;
  /** The function's address. */
  readonly url: string;
  readonly oidc: PushIdentity;
}

/** Longer than the platform lets a scheduled call run would hide a function that hangs. */
const CALL_MS_MAX = 180_000;

export interface InvocationAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** 502 when the function does not answer. */
export async function invoke(issuer: OidcIssuer, { url, oidc }: Invocable, body: string): Promise<InvocationAnswer> {
  const authorization = `Bearer ${await issuer.tokenFor(oidc)}`;
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: body === '' ? '{}' : body,
      signal: AbortSignal.timeout(CALL_MS_MAX),
    });
    const contentType = response.headers.get('content-type') ?? 'text/plain';
    return { status: response.status, contentType, body: await response.text() };
  } catch (error) {
    return { status: 502, contentType: 'text/plain', body: `the function did not answer: ${String(error)}` };
  }
}
