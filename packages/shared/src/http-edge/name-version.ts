/** Which version of a Worker gave the answer: whoever asks for one by an override has to know that it was that one. */
export const VERSION_HEADER = 'x-worker-version';

export interface VersionBinding {
  /** Cloudflare's version metadata; absent where nothing was deployed. */
  readonly VERSION?: { readonly id: string };
}

/** The same answer, under the name of the version that gave it. */
export function nameVersion(answer: Response, { VERSION: version }: VersionBinding): Response {
  if (version === undefined) return answer;
  const named = new Response(answer.body, answer);
  named.headers.set(VERSION_HEADER, version.id);
  return named;
}
