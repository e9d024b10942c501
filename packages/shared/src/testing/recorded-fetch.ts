/** A `fetch` that keeps what it was asked and answers what the test says. */
export function recordedFetch(answer: () => Response | Promise<Response>) {
  const requests: { readonly url: URL; readonly init: RequestInit }[] = [];
  return {
    requests,
    fetch: async (input: string, init: RequestInit): Promise<Response> => {
      requests.push({ url: new URL(input), init });
      return await answer();
    },
  };
}

/** JSON, made anew for every request. */
export const answersJson =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  (): Response =>
    Response.json(body, { status, headers });
