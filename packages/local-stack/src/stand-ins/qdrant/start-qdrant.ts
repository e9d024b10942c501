import { type StandInReply, type StandInRequest, type StandInServer, startStandIn } from '../stand-in-server.ts';
import { demandAccess, type Keys } from './access.ts';
import { answerOperation } from './answer-operation.ts';
import { findOperation } from './qdrant-api.ts';
import { QdrantStore } from './qdrant-store.ts';
import { Refusal } from './refusal.ts';
import { openStorage } from './storage.ts';

export interface QdrantOptions extends Keys {
  /** 0 takes a free port. */
  readonly port: number;
  /** Where the points survive the process; without it they do not. */
  readonly stateDirectory?: string | undefined;
}

/**
 * A stand-in of Qdrant 1.19 for machines without the real one: same HTTP interface, brute force instead of an index
 * graph. Requests are answered one after the other and are durable before their answer leaves.
 */
export async function startQdrant({ port, stateDirectory, ...keys }: QdrantOptions): Promise<StandInServer> {
  const storage = openStorage(stateDirectory);
  const store = new QdrantStore(storage);
  const server = await startStandIn({ name: 'qdrant', port, answer: request => answer(request, store, keys) });
  return {
    ...server,
    close: async () => {
      await server.close();
      storage.close();
    },
  };
}

function answer(request: StandInRequest, store: QdrantStore, keys: Keys): StandInReply {
  const operation = findOperation(request.method, request.url.pathname);
  try {
    demandAccess(operation, request.headers, keys);
    if (operation === undefined) return { status: 404, untyped: true };
    return answerOperation(operation, request.body, store);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401) return { status: 401, body: error.message, untyped: true };
    return { status: error.status, body: { status: { error: error.message }, time: 0 } };
  }
}
