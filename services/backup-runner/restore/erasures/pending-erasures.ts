import { readFile } from 'node:fs/promises';
import { ERASURES_COLLECTION, ErasureOrder } from '@innkeeper/shared/contracts/backup/erasure-order';
import type { DocumentStore, StoredDocument } from '@innkeeper/shared/ports/document-store';
import { err, ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { RestoreFailure, RestoreResult } from '../failure.ts';

/** Where the pending orders come from: Firestore, or a file that was exported from it. Order by order id. */
const PAGE = 300;

export async function readErasures(store: DocumentStore): RestoreResult<readonly ErasureOrder[]> {
  const orders: ErasureOrder[] = [];
  for (let last: string | undefined; ; ) {
    const page = await store.query({
      collection: ERASURES_COLLECTION,
      orderBy: [{ field: '__name__', direction: 'asc' }],
      limit: PAGE,
      ...(last === undefined ? {} : { startAfter: [last] }),
    });
    if (!page.ok)
      return err(unknown(`Pending erasures cannot be read from Firestore (${page.error.kind}: ${page.error.detail}).`));
    for (const document of page.value) {
      const order = ErasureOrder.safeParse(document.fields);
      if (!order.success) return err(unknown(`The erasure order ${idOf(document)} cannot be understood.`));
      orders.push(order.data);
    }
    const end = page.value.at(-1);
    if (end === undefined || page.value.length < PAGE) return ok(orders);
    last = idOf(end);
  }
}

export async function readErasureFile(path: string): RestoreResult<readonly ErasureOrder[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    return err(unknown(`${path} cannot be read (${String(error.code)}).`));
  }
  try {
    const orders = z.array(ErasureOrder).safeParse(JSON.parse(text));
    if (orders.success) return ok(orders.data);
    const place = orders.error.issues[0]?.path.join('.') ?? '';
    return err(unknown(`${path} is no list of erasure orders (${place === '' ? 'not a list' : `wrong at ${place}`}).`));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return err(unknown(`${path} is no JSON.`));
  }
}

const idOf = ({ path }: StoredDocument): string => path.slice(path.indexOf('/') + 1);

/** Nothing is restored while it is not known what must not come back. */
export const unknown = (sentence: string): RestoreFailure => ({
  reason: 'erasures_unknown',
  sentence,
  nextStep: 'Name an export with --erasures FILE (pnpm backups erasures > FILE), or say --without-erasures.',
});
