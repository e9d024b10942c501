import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deserialize, serialize } from 'node:v8';
import { Collection, type CollectionConfig } from './collection.ts';
import type { NamedVectors, PointId } from './point.ts';
import type { FieldSchema } from './wire.ts';

/**
 * What survives a kill: every change is committed before the request is answered, in one transaction per request.
 * Memory is the truth while the process lives; this file is read once, at the start.
 */
export interface Storage {
  load(): { collections: Collection[]; aliases: Map<string, string> };
  saveCollection(collection: Collection): void;
  deleteCollection(name: string): void;
  saveAliases(aliases: ReadonlyMap<string, string>): void;
  savePoints(collection: Collection): void;
  close(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS collections (name TEXT PRIMARY KEY, config TEXT NOT NULL, indexes TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS aliases (alias TEXT PRIMARY KEY, collection TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS points (
    place INTEGER PRIMARY KEY, collection TEXT NOT NULL, id TEXT NOT NULL,
    payload TEXT NOT NULL, vectors BLOB NOT NULL, UNIQUE (collection, id)
  ) STRICT;
`;

/** Without a directory everything is forgotten at the end. */
export function openStorage(stateDirectory: string | undefined): Storage {
  if (stateDirectory !== undefined) mkdirSync(stateDirectory, { recursive: true });
  const database = new DatabaseSync(stateDirectory === undefined ? ':memory:' : join(stateDirectory, 'qdrant.sqlite'));
  // NORMAL survives the death of the process; only a power cut could lose the last commits.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
  database.exec(SCHEMA);
  const putCollection = database.prepare('INSERT OR REPLACE INTO collections VALUES (?, ?, ?)');
  const putPoint = database.prepare(`
    INSERT INTO points (collection, id, payload, vectors) VALUES (?, ?, ?, ?)
    ON CONFLICT (collection, id) DO UPDATE SET payload = excluded.payload, vectors = excluded.vectors`);
  const deletePoint = database.prepare('DELETE FROM points WHERE collection = ? AND id = ?');

  function transact(write: () => void): void {
    database.exec('BEGIN IMMEDIATE');
    try {
      write();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  }

  return {
    load() {
      const collections = database
        .prepare('SELECT * FROM collections')
        .all()
        .map(row => {
          const collection = new Collection(String(row.name), JSON.parse(String(row.config)) as CollectionConfig);
          for (const [field, schema] of JSON.parse(String(row.indexes)) as [string, FieldSchema][]) {
            collection.createIndex(field, schema);
          }
          return collection;
        });
      const points = database.prepare('SELECT id, payload, vectors FROM points WHERE collection = ? ORDER BY place');
      for (const collection of collections) {
        for (const row of points.iterate(collection.name)) {
          collection.put({
            id: JSON.parse(String(row.id)) as PointId,
            payload: JSON.parse(String(row.payload)) as Record<string, unknown>,
            vectors: deserialize(row.vectors as Uint8Array) as NamedVectors,
            version: 0,
          });
        }
        collection.takeChanges();
      }
      const aliases = database.prepare('SELECT * FROM aliases').all();
      return { collections, aliases: new Map(aliases.map(row => [String(row.alias), String(row.collection)])) };
    },
    saveCollection({ name, config, indexes }) {
      const schemas = Array.from(indexes.values(), ({ field, schema }) => [field, schema]);
      putCollection.run(name, JSON.stringify(config), JSON.stringify(schemas));
    },
    deleteCollection(name) {
      transact(() => {
        database.prepare('DELETE FROM points WHERE collection = ?').run(name);
        database.prepare('DELETE FROM collections WHERE name = ?').run(name);
      });
    },
    saveAliases(aliases) {
      transact(() => {
        database.exec('DELETE FROM aliases');
        const put = database.prepare('INSERT INTO aliases VALUES (?, ?)');
        for (const [alias, collection] of aliases) put.run(alias, collection);
      });
    },
    savePoints(collection) {
      const changes = collection.takeChanges();
      if (changes.length === 0) return;
      transact(() => {
        for (const id of changes) {
          const point = collection.get(id);
          const key = JSON.stringify(id);
          if (point === undefined) deletePoint.run(collection.name, key);
          else putPoint.run(collection.name, key, JSON.stringify(point.payload), serialize(point.vectors));
        }
      });
    },
    close: () => database.close(),
  };
}
