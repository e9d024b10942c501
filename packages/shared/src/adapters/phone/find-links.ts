import { PHONE_LINKS_COLLECTION, PhoneLink } from '../../contracts/phone-link.ts';
import type { DocumentStore, StoreError } from '../../ports/document-store.ts';
import { ok, type Result } from '../../result/result.ts';

/** Everybody and everything that has one of these numbers (E.164), each once. I/O: one query for each number. */
export async function findLinks(
  store: Pick<DocumentStore, 'query'>,
  numbers: readonly string[],
): Promise<Result<readonly PhoneLink[], StoreError>> {
  const links = new Map<string, PhoneLink>();
  for (const number of numbers) {
    const found = await store.query({
      collection: PHONE_LINKS_COLLECTION,
      where: [{ field: 'numbers', op: 'array-contains', value: number }],
    });
    if (!found.ok) return found;
    for (const { fields } of found.value) {
      const link = PhoneLink.safeParse(fields).data;
      if (link !== undefined) links.set(link.key, link);
    }
  }
  return ok([...links.values()]);
}
