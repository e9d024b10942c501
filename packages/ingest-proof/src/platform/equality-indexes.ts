import type { DocumentQuery, DocumentValue, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { valueAt } from '@innkeeper/shared/testing/apply-document-write';

/** Which documents have a text in a field, for every pair of collection and field that was ever asked for. */
export interface EqualityIndexes {
  note(path: string, before: StoredDocument | undefined, after: StoredDocument | undefined): void;
  /** All that can answer the query, and perhaps more; `undefined` where no index helps. */
  candidates(query: DocumentQuery, all: ReadonlyMap<string, StoredDocument>): StoredDocument[] | undefined;
}

export function equalityIndexes(): EqualityIndexes {
  /** By collection and field, then by the field's text. */
  const indexes = new Map<string, Map<string, Map<string, Map<string, StoredDocument>>>>();

  const indexOf = (collection: string, field: string, all: ReadonlyMap<string, StoredDocument>) => {
    const fields = indexes.get(collection) ?? new Map<string, Map<string, Map<string, StoredDocument>>>();
    indexes.set(collection, fields);
    const known = fields.get(field);
    if (known !== undefined) return known;
    const byText = new Map<string, Map<string, StoredDocument>>();
    for (const [path, document] of all) add(byText, path, document, field);
    fields.set(field, byText);
    return byText;
  };

  return {
    note: (path, before, after) => {
      const fields = indexes.get(path.slice(0, path.lastIndexOf('/')));
      if (fields === undefined) return;
      for (const [field, byText] of fields) {
        const was = textAt(before, field);
        if (was !== undefined) byText.get(was)?.delete(path);
        if (after !== undefined) add(byText, path, after, field);
      }
    },
    candidates: (query, all) => {
      const answers = (query.where ?? []).flatMap(({ op, field, value }) => {
        const texts = op === '==' ? [value] : op === 'in' && Array.isArray(value) ? value : [];
        if (!INDEXED.test(field) || texts.length === 0) return [];
        const byText = indexOf(query.collection, field, all);
        return [texts.flatMap(text => [...(byText.get(String(text))?.values() ?? [])])];
      });
      return answers.toSorted((one, other) => one.length - other.length)[0];
    },
  };
}

/** What tells things apart. */
const INDEXED = /^(?:facts\.|kind$)/u;

function add(
  byText: Map<string, Map<string, StoredDocument>>,
  path: string,
  document: StoredDocument,
  field: string,
): void {
  const text = textAt(document, field);
  if (text === undefined) return;
  const known = byText.get(text) ?? new Map<string, StoredDocument>();
  known.set(path, document);
  byText.set(text, known);
}

function textAt(document: StoredDocument | undefined, field: string): string | undefined {
  const value: DocumentValue | undefined = document === undefined ? undefined : valueAt(document.fields, field);
  return typeof value === 'string' ? value : undefined;
}
