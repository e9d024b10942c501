import { QdrantClient } from '@qdrant/js-client-rest';
import { type QdrantConnection, REQUEST_TIMEOUT_MS } from './qdrant-connection.ts';

/** The official client. Building it does no I/O. */
export function qdrantClient({ url, apiKey, timeoutMs }: QdrantConnection): QdrantClient {
  const address = new URL(url);
  const defaultPort = address.protocol === 'https:' ? 443 : 80;
  const path = address.pathname.replace(/\/+$/u, '');
  return new QdrantClient({
    url: address.origin,
    port: address.port === '' ? defaultPort : Number(address.port),
    ...(path === '' ? {} : { prefix: path }),
    timeout: timeoutMs ?? REQUEST_TIMEOUT_MS,
    // The check is an extra request at construction, which a Worker pays for on every cold start.
    checkCompatibility: false,
    // As a header, because the `apiKey` option prints a warning for every http address, the local stack's included.
    ...(apiKey === undefined ? {} : { headers: { 'api-key': apiKey.reveal() } }),
  });
}
