/** An account at Qdrant Cloud with one cluster. Only API calls are held to rights. */
export interface QdrantCloudWorld {
  readonly accountId: string;
  readonly clusterId: string;
  /** Management keys, with their permissions, such as `write:api_keys`. */
  readonly managementKeys: Map<string, readonly string[]>;
  readonly databaseKeys: Map<string, DatabaseKey>;
  readonly now: () => number;
}

export interface DatabaseKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly access: 'READ_ONLY' | 'MANAGE';
  readonly createdAtMs: number;
  readonly expiresAtMs?: number;
  /** The cluster takes a while to know a new key. */
  isKnownToCluster: boolean;
}
