import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { readBody, serveLocal } from '@innkeeper/local-stack/http/serve-local';

/** Passes everything on to the vault and, where it is told to, drops the connection in place of the answer. */
export interface LosingProxy {
  readonly url: string;
  /** The repository's next answer to each of these (`POST snapshots`, `POST config`) is lost, once each. */
  lose(repository: string, ...kinds: string[]): void;
  /** What is still to be lost: `company POST snapshots`. */
  readonly pending: ReadonlySet<string>;
  close(): Promise<void>;
}

export async function startLosingProxy(targetUrl: string): Promise<LosingProxy> {
  const pending = new Set<string>();
  const server = await serveLocal({
    name: 'losing-proxy',
    port: 0,
    async handle(request, response) {
      const body = await readBody(request);
      const passed = httpRequest(new URL(request.url ?? '/', targetUrl), {
        method: request.method,
        headers: request.headers,
      });
      passed.end(body);
      const [answer] = (await once(passed, 'response')) as [IncomingMessage];
      const content = await readBody(answer);
      const [, repository, type] = request.url?.split('/') ?? [];
      if (pending.delete(`${repository} ${request.method} ${type}`)) {
        response.destroy();
        return;
      }
      response.writeHead(answer.statusCode ?? 500, answer.headers).end(content);
    },
  });
  return {
    url: server.url,
    lose: (repository, ...kinds) => {
      for (const kind of kinds) pending.add(`${repository} ${kind}`);
    },
    pending,
    close: () => server.close(),
  };
}
