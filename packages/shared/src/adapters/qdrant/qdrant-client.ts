import { QdrantClient } from '@qdrant/js-client-rest';
import type { Secret } from '../../config/secret.ts';

/** Where Qdrant is and how to speak to it. Building the client does no I/O. */
export interface QdrantConnection {
  /** With or without port and path; https without a port is 443, not Qdrant's 6333. */
  readonly url: string;
  /** Read-only in the Worker, read-write in the functions; absent where the server asks for none. */
  readonly apiKey?: Secret;
  readonly timeoutMs?: number;
}

/** Answers take milliseconds; ten seconds is a server that will not answer, and still inside a question's retry budget. */
const REQUEST_TIMEOUT_MS = 10_000;

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
