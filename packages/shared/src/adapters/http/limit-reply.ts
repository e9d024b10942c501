/** A `fetch` whose replies end with an error once they grow past a limit, so that no vendor can fill the memory. */
export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

export class ReplyTooLarge extends Error {
  constructor(bytesMax: number) {
    super(`reply larger than ${bytesMax} bytes`);
    this.name = 'ReplyTooLarge';
  }
}

export function limitReply(fetch: Fetch, bytesMax: number): Fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    let bytes = 0;
    const limited = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          bytes += chunk.byteLength;
          if (bytes > bytesMax) controller.error(new ReplyTooLarge(bytesMax));
          else controller.enqueue(chunk);
        },
      }),
    );
    return new Response(limited, { status: response.status, headers: response.headers });
  };
}
