import type { Secret } from '../../config/secret.ts';

/** Where Qdrant is and how to speak to it. */
export interface QdrantConnection {
  /** With or without port and path; https without a port is 443, not Qdrant's 6333. */
  readonly url: string;
  /** Read-only in the Worker, read-write in the functions; absent where the server asks for none. */
  readonly apiKey?: Secret;
  readonly timeoutMs?: number;
}

/** Answers take milliseconds; ten seconds is a server that will not answer, and still inside a question's retry budget. */
export const REQUEST_TIMEOUT_MS = 10_000;
