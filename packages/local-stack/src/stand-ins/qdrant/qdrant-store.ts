import type { Schemas } from '@qdrant/js-client-rest';
import { Collection, type CollectionConfig } from './collection.ts';
import { collectionMissing, Refusal, wrongInput } from './refusal.ts';
import type { Storage } from './storage.ts';
import type { FieldSchema } from './wire.ts';

/** All collections and aliases: memory first, written through to storage before a call returns. */
export class QdrantStore {
  readonly #collections = new Map<string, Collection>();
  readonly #aliases: Map<string, string>;
  readonly #storage: Storage;

  constructor(storage: Storage) {
    const { collections, aliases } = storage.load();
    for (const collection of collections) this.#collections.set(collection.name, collection);
    this.#aliases = aliases;
    this.#storage = storage;
  }

  get names(): string[] {
    return [...this.#collections.keys()].sort();
  }

  has(nameOrAlias: string): boolean {
    return this.#collections.has(this.#resolve(nameOrAlias));
  }

  read(nameOrAlias: string): Collection {
    const collection = this.#collections.get(this.#resolve(nameOrAlias));
    if (collection === undefined) throw collectionMissing(nameOrAlias);
    return collection;
  }

  /** Whatever of a write took effect is stored, also when a later part of it was refused. */
  write<T>(nameOrAlias: string, change: (collection: Collection) => T): T {
    const collection = this.read(nameOrAlias);
    try {
      return change(collection);
    } finally {
      this.#storage.savePoints(collection);
    }
  }

  create(name: string, config: CollectionConfig): void {
    if (this.#collections.has(name)) throw new Refusal(409, `Wrong input: Collection \`${name}\` already exists!`);
    if (this.#aliases.has(name))
      throw wrongInput(`Can't create collection with name ${name}. Alias with the same name already exists`);
    const collection = new Collection(name, config);
    this.#collections.set(name, collection);
    this.#storage.saveCollection(collection);
  }

  /** Answers whether there was one; its aliases go with it. */
  delete(nameOrAlias: string): boolean {
    const name = this.#resolve(nameOrAlias);
    if (!this.#collections.delete(name)) return false;
    for (const [alias, target] of this.#aliases) if (target === name) this.#aliases.delete(alias);
    this.#storage.saveAliases(this.#aliases);
    this.#storage.deleteCollection(name);
    return true;
  }

  createIndex(nameOrAlias: string, field: string, schema: FieldSchema): void {
    const collection = this.read(nameOrAlias);
    collection.createIndex(field, schema);
    this.#storage.saveCollection(collection);
  }

  deleteIndex(nameOrAlias: string, field: string): void {
    const collection = this.read(nameOrAlias);
    collection.indexes.delete(field);
    this.#storage.saveCollection(collection);
  }

  aliasesOf(collection?: string): { alias_name: string; collection_name: string }[] {
    return Array.from(this.#aliases, ([alias, target]) => ({ alias_name: alias, collection_name: target })).filter(
      entry => collection === undefined || entry.collection_name === collection,
    );
  }

  /** All actions or none, in order. */
  changeAliases({ actions }: Schemas['ChangeAliasesOperation']): void {
    const next = new Map(this.#aliases);
    for (const action of actions) {
      if ('create_alias' in action) this.#createAlias(next, action.create_alias);
      else if ('delete_alias' in action) next.delete(action.delete_alias.alias_name);
      else {
        const { old_alias_name: from, new_alias_name: to } = action.rename_alias;
        const target = next.get(from);
        if (target === undefined) throw new Refusal(404, `Not found: Alias ${from} does not exists!`);
        next.delete(from);
        next.set(to, target);
      }
    }
    this.#aliases.clear();
    for (const [alias, target] of next) this.#aliases.set(alias, target);
    this.#storage.saveAliases(this.#aliases);
  }

  #createAlias(
    aliases: Map<string, string>,
    { alias_name: alias, collection_name: name }: Schemas['CreateAlias'],
  ): void {
    if (!this.#collections.has(name)) throw collectionMissing(name);
    if (this.#collections.has(alias))
      throw wrongInput(`Can't create alias with name ${alias}. Collection with the same name already exists`);
    aliases.set(alias, name);
  }

  #resolve(nameOrAlias: string): string {
    return this.#aliases.get(nameOrAlias) ?? nameOrAlias;
  }
}
