import { inMemoryServers, PREPARED_IMAGE } from './in-memory-servers.ts';
import { describeServersContract } from './servers-contract.ts';

describeServersContract('the model in memory', () => {
  const servers = inMemoryServers();
  const exhausted: string[] = [];
  return {
    servers,
    imageId: PREPARED_IMAGE.id,
    sellOut: (type, location) => {
      exhausted.push(`${type}@${location}`);
      servers.setExhausted(exhausted);
    },
    protect: serverId => servers.setProtected(serverId, true),
  };
});
