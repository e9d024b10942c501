import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';
import { DENSE_VECTOR, pointIndexes, SPARSE_VECTOR } from '../../contracts/point-payload.ts';
import type { VectorStoreError } from '../../ports/vector-store.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { answeredStatus, toVectorStoreError } from './vector-store-error.ts';

export interface CollectionWanted {
  readonly client: QdrantClient;
  readonly alias: string;
  /** Embedding model, e.g. `@cf/baai/bge-m3`. */
  readonly model: string;
  readonly dimensions: number;
}

/** One collection per embedding model and size: `innkeeper_cf-baai-bge-m3_1024`. */
export function collectionName({ alias, model, dimensions }: Omit<CollectionWanted, 'client'>): string {
  const slug = model.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  return `${alias}_${slug.replaceAll(/^-|-$/gu, '')}_${dimensions}`;
}

/**
 * Makes sure that collection, vectors, payload indexes and alias are there; answers with the collection's name.
 * Repeating it, or running it twice at once, changes nothing. Never moves an alias that stands elsewhere and never
 * touches a collection of another vector size: both mean a re-index is due, which an operator starts.
 */
export async function ensureCollection(wanted: CollectionWanted): Promise<Result<string, VectorStoreError>> {
  const { client, alias, dimensions } = wanted;
  const name = collectionName(wanted);
  try {
    const target = (await client.getAliases()).aliases.find(entry => entry.alias_name === alias)?.collection_name;
    if (target !== undefined && target !== name) {
      return misconfigured(`alias ${alias} stands on ${target}, but the model and size ask for ${name}`);
    }
    await createUnlessThere(client, name, dimensions);
    const described = await client.getCollection(name);
    const misfit = findMisfit(described, dimensions);
    if (misfit !== undefined) return misconfigured(`collection ${name} ${misfit}`);
    await createMissingIndexes(client, name, described.payload_schema);
    if (target === undefined) {
      const actions = [{ create_alias: { collection_name: name, alias_name: alias } }];
      await client.updateCollectionAliases({ actions });
    }
    return ok(name);
  } catch (error) {
    return err(toVectorStoreError('ensureCollection', error));
  }
}

const misconfigured = (detail: string): Result<never, VectorStoreError> => err({ kind: 'misconfigured', detail });

async function createUnlessThere(client: QdrantClient, name: string, dimensions: number): Promise<void> {
  if ((await client.collectionExists(name)).exists) return;
  try {
    await client.createCollection(name, {
      vectors: { [DENSE_VECTOR]: { size: dimensions, distance: 'Cosine' } },
      sparse_vectors: { [SPARSE_VECTOR]: { modifier: 'idf' } },
      // Qdrant Cloud's own default. Said here, a server of one's own refuses a filter without its index as well, so that
      // a forgotten one is met before it is met there.
      strict_mode_config: { enabled: true, unindexed_filtering_retrieve: false, unindexed_filtering_update: false },
    });
  } catch (error) {
    // Another process was faster; what it created is checked like any other.
    if (answeredStatus(error) !== 409) throw error;
  }
}

/** What keeps an existing collection from being used, in words that follow its name. */
function findMisfit({ config }: Schemas['CollectionInfo'], dimensions: number): string | undefined {
  const vectors = config.params.vectors as Record<string, Schemas['VectorParams'] | undefined> | undefined;
  const dense = vectors?.[DENSE_VECTOR];
  if (dense === undefined) return `has no vector named ${DENSE_VECTOR}`;
  if (dense.size !== dimensions) return `has vectors of size ${dense.size}, the configured model gives ${dimensions}`;
  if (dense.distance !== 'Cosine') return `compares by ${dense.distance}, not by cosine`;
  const sparse = config.params.sparse_vectors?.[SPARSE_VECTOR];
  if (sparse?.modifier !== 'idf') return `has no sparse vector ${SPARSE_VECTOR} with the idf modifier`;
  return undefined;
}

async function createMissingIndexes(
  client: QdrantClient,
  name: string,
  present: Schemas['CollectionInfo']['payload_schema'],
): Promise<void> {
  const missing = Object.entries(pointIndexes).filter(([field, type]) => present[field]?.data_type !== type);
  await Promise.all(
    missing.map(([field, type]) =>
      client.createPayloadIndex(name, { field_name: field, field_schema: type, wait: true }),
    ),
  );
}
