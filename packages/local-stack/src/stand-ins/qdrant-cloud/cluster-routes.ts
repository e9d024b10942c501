import type { StandInReply, StandInRequest } from '../stand-in-server.ts';
import type { QdrantCloudWorld } from './qdrant-cloud-world.ts';

/** The database: `GET /collections` with any key it knows, `DELETE /collections/NAME` with one that manages. */
export function answerCluster(world: QdrantCloudWorld, { method, url, headers }: StandInRequest): StandInReply {
  const key = [...world.databaseKeys.values()].find(({ value }) => value === headers['api-key']);
  const isExpired = (key?.expiresAtMs ?? Number.POSITIVE_INFINITY) <= world.now();
  if (key === undefined || !key.isKnownToCluster || isExpired) return refusal(401, 'Invalid API key or JWT');
  if (method === 'GET' && url.pathname === '/collections') {
    return { status: 200, body: { result: { collections: [] }, status: 'ok', time: 0.000_01 } };
  }
  if (method !== 'DELETE' || !/^\/collections\/[\w-]+$/u.test(url.pathname)) return refusal(404, 'Not found');
  if (key.access === 'READ_ONLY') return refusal(403, 'Forbidden: Global manage access is required');
  return { status: 200, body: { result: false, status: 'ok', time: 0.000_01 } };
}

const refusal = (status: number, error: string): StandInReply => ({ status, body: { status: { error }, time: 0 } });
