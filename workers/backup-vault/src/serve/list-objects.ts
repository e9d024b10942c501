import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ObjectPage, VaultObjects } from '../objects/vault-objects.ts';
import { type Refusal, refusalOf } from '../refusal.ts';
import type { ObjectType } from '../route.ts';

const V1 = 'application/vnd.x.restic.rest.v1';
const V2 = 'application/vnd.x.restic.rest.v2';

/**
 * The names under a type as one JSON array, with sizes for whoever accepts version 2 of the protocol. Sent page by
 * page, so that a hundred thousand packs cost no memory. A page that fails cuts the array short, which no reader takes
 * for a whole one.
 */
export async function listObjects(
  { objects }: { readonly objects: VaultObjects },
  repository: string,
  type: ObjectType,
  accept: string | null,
): Promise<Result<Response, Refusal>> {
  const first = await objects.list(repository, type);
  if (!first.ok) return err(refusalOf(first.error));
  const contentType = accept?.includes(V2) === true ? V2 : V1;
  const next = async (cursor: string): Promise<ObjectPage> => {
    const page = await objects.list(repository, type, cursor);
    if (!page.ok) throw new Error(`the list of ${type} broke off: ${page.error}`);
    return page.value;
  };
  const body = streamOf(jsonArray(first.value, next, contentType === V2 ? withSize : nameOnly));
  return ok(new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'no-store' } }));
}

type Item = ObjectPage['objects'][number];
const withSize = ({ name, bytes }: Item): string => JSON.stringify({ name, size: bytes });
const nameOnly = ({ name }: Item): string => JSON.stringify(name);

async function* jsonArray(
  first: ObjectPage,
  next: (cursor: string) => Promise<ObjectPage>,
  write: (item: Item) => string,
): AsyncGenerator<string, void> {
  let separator = '[';
  for (let page = first; ; page = await next(page.cursor)) {
    if (page.objects.length > 0) {
      yield separator + page.objects.map(write).join(',');
      separator = ',';
    }
    if (page.cursor === undefined) break;
  }
  yield separator === '[' ? '[]' : ']';
}

function streamOf(pieces: AsyncGenerator<string, void>): ReadableStream {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
  });
}
