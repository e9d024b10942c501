import { hashOf } from './document-set.ts';
import { firstField, identityOf, readDocument, readDocuments, readField, readText } from './raw-document.ts';

/**
 * What the oplog of a dump says about single documents: the dump may hold each of them before, in the midst of, or
 * after these writes, and only the end of them is known. Pure.
 */
export type Ending =
  | { readonly kind: 'absent' }
  /** `hash`: of the whole document, where the last write says all of it. */
  | { readonly kind: 'present'; readonly hash: string | undefined };

export class TouchedDocuments {
  readonly #byNamespace = new Map<string, Map<string, Ending>>();
  readonly #restructured = new Set<string>();
  #all = false;

  /** One entry of the oplog, in order. */
  add(entry: Uint8Array): void {
    const namespace = readText(entry, 'ns') ?? '';
    const operation = readDocument(entry, 'o') ?? EMPTY;
    const kind = readText(entry, 'op') ?? '';
    switch (kind) {
      case 'i':
        this.#note(namespace, operation, { kind: 'present', hash: hashOf(operation).toString('hex') });
        break;
      case 'u': {
        const isPartial = readField(operation, '$v') !== undefined || firstField(operation)?.startsWith('$') === true;
        const hash = isPartial ? undefined : hashOf(operation).toString('hex');
        this.#note(namespace, readDocument(entry, 'o2') ?? operation, { kind: 'present', hash });
        break;
      }
      case 'd':
        this.#note(namespace, operation, { kind: 'absent' });
        break;
      case 'c':
        this.#command(namespace, operation);
        break;
      default: // A no-op.
    }
  }

  /** By `_id`. */
  of(namespace: string): ReadonlyMap<string, Ending> {
    return this.#byNamespace.get(namespace) ?? new Map();
  }

  get namespaces(): Iterable<string> {
    return this.#byNamespace.keys();
  }

  /** Dropped or renamed during the dump, so that nothing can be said about its documents. */
  isRestructured(namespace: string): boolean {
    const database = namespace.slice(0, namespace.indexOf('.'));
    return this.#all || this.#restructured.has(namespace) || this.#restructured.has(database);
  }

  #note(namespace: string, key: Uint8Array, ending: Ending): void {
    const endings = this.#byNamespace.get(namespace) ?? new Map<string, Ending>();
    endings.set(identityOf(key), ending);
    this.#byNamespace.set(namespace, endings);
  }

  #command(namespace: string, command: Uint8Array): void {
    const database = namespace.slice(0, namespace.indexOf('.'));
    const name = firstField(command) ?? '';
    if (HARMLESS.has(name)) return;
    switch (name) {
      case 'applyOps': // A transaction.
        for (const entry of readDocuments(command, 'applyOps')) this.add(entry);
        break;
      case 'drop':
        this.#restructured.add(`${database}.${readText(command, 'drop') ?? ''}`);
        break;
      case 'renameCollection':
        this.#restructured.add(readText(command, 'renameCollection') ?? '').add(readText(command, 'to') ?? '');
        break;
      case 'dropDatabase':
        this.#restructured.add(database);
        break;
      default: // An unknown one may have changed anything.
        this.#all = true;
    }
  }
}

/** Commands that leave documents alone. */
const HARMLESS = new Set([
  'create',
  'createIndexes',
  'startIndexBuild',
  'commitIndexBuild',
  'abortIndexBuild',
  'dropIndexes',
  'deleteIndexes',
  'deleteIndex',
  'dropIndex',
  'collMod',
  'commitTransaction',
  'abortTransaction',
]);

const EMPTY = new Uint8Array([5, 0, 0, 0, 0]);
