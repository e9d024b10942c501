import { readBody, serveLocal } from '../http/serve-local.ts';

/** Takes webhooks and keeps them; answers with the statuses it is given, the last one from then on. */
export interface Receiver {
  readonly url: string;
  readonly received: readonly ReceivedWebhook[];
  close(): Promise<void>;
}

export interface ReceivedWebhook {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export async function startReceiver(statuses: readonly number[]): Promise<Receiver> {
  const received: ReceivedWebhook[] = [];
  const server = await serveLocal({
    name: 'receiver',
    port: 0,
    handle: async (request, response) => {
      const status = statuses[Math.min(received.length, statuses.length - 1)] ?? 200;
      const body = (await readBody(request)).toString('utf8');
      received.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(status).end();
    },
  });
  return { url: server.url, received, close: () => server.close() };
}
