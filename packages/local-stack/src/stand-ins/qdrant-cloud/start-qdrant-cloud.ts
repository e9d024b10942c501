import type { RunningStandIn } from '../run-stand-in.ts';
import { startStandIn } from '../stand-in-server.ts';
import { answerCluster } from './cluster-routes.ts';
import { answerDatabaseKeys } from './database-key-routes.ts';
import type { QdrantCloudWorld } from './qdrant-cloud-world.ts';

/**
 * Qdrant Cloud's management API as far as database keys go (proto `qdrant.cloud.cluster.auth.v2` by its REST gateway),
 * and of the cluster itself who may read and who may manage. I/O: listens on 127.0.0.1; what it holds ends with it.
 */
export async function startQdrantCloud(options: {
  readonly port: number;
  readonly world: QdrantCloudWorld;
}): Promise<RunningStandIn> {
  const { port, world } = options;
  return startStandIn({
    name: 'qdrant-cloud',
    port,
    answer: request =>
      request.url.pathname.startsWith('/api/') ? answerDatabaseKeys(world, request) : answerCluster(world, request),
  });
}
