import { createServer, type Server } from 'node:http';
import type { ListenerStatus } from './listener-status.ts';

/**
 * `GET /status` (JSON, `StatusReport`) and `GET /healthz`: 200 while the process can do its work, waiting for its turn
 * included; 503 once it stopped. For operators and health checks; it holds no texts and no secrets.
 */
export function statusServer(status: ListenerStatus): Server {
  return createServer((request, response) => {
    const answer = (code: number, body: object, headers: Readonly<Record<string, string>> = {}): void => {
      response.writeHead(code, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers });
      response.end(request.method === 'HEAD' ? undefined : `${JSON.stringify(body)}\n`);
    };
    const path = request.url?.split('?')[0];
    if (path !== '/status' && path !== '/healthz') return answer(404, { error: 'not found' });
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return answer(405, { error: 'method not allowed' }, { allow: 'GET, HEAD' });
    }
    if (path === '/status') return answer(200, status.report());
    const { state } = status;
    return answer(state === 'stopped' ? 503 : 200, { state });
  });
}
