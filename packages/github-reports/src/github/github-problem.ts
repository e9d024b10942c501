/** What GitHub did not do, and what a person does next. Never holds the token. */
export interface GitHubProblem {
  /** `unreachable`: no answer came, so what was asked may have been done all the same. */
  readonly kind: 'unauthorised' | 'forbidden' | 'not_found' | 'rate_limited' | 'unreachable' | 'refused';
  readonly sentence: string;
}

/** An answer as far as it decides: `message` is GitHub's own, header names are in small letters. */
export interface FailedAnswer {
  readonly status: number;
  readonly message: string;
  readonly headers: Readonly<Record<string, string | number | undefined>>;
}

/** Pure: the problem of an answer that no further try would change. `asked` is `POST /repos/…`. */
export function problemOf(asked: string, { status, message, headers }: FailedAnswer): GitHubProblem {
  if (isRateLimit({ status, message, headers })) {
    return {
      kind: 'rate_limited',
      sentence: `GitHub's rate limit refuses ${asked} for longer than is waited here. Run this again in an hour.`,
    };
  }
  switch (status) {
    case 401:
      return {
        kind: 'unauthorised',
        sentence:
          `GitHub does not take the token (${asked}): it is wrong, has expired or was revoked. ` +
          'Run the workflow again for a new one, or set another GITHUB_TOKEN.',
      };
    case 403:
      return {
        kind: 'forbidden',
        sentence:
          `The token may not do ${asked} (${message}). Give the job the permission it lacks: ` +
          'issues: write for issues, pull-requests: write for comments.',
      };
    case 404:
      return {
        kind: 'not_found',
        sentence: `GitHub knows nothing at ${asked}, or hides it from this token. Is GITHUB_REPOSITORY right?`,
      };
    case 410:
      return {
        kind: 'refused',
        sentence: 'Issues are switched off in this repository: switch them on under Settings, General, Features.',
      };
    default:
      return { kind: 'refused', sentence: `GitHub refused ${asked} with ${status}: ${message}.` };
  }
}

/** Refused for how much was asked, not for what; nothing was done. */
export function isRateLimit({ status, message, headers }: FailedAnswer): boolean {
  if (status === 429) return true;
  return (
    status === 403 &&
    (headers['retry-after'] !== undefined ||
      headers['x-ratelimit-remaining'] === '0' ||
      /secondary rate limit/iu.test(message))
  );
}
