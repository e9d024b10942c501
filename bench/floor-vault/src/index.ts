interface Listed {
  readonly objects: readonly { readonly key: string; readonly size: number }[];
  readonly truncated: boolean;
  readonly cursor?: string;
}

interface Bucket {
  head(key: string): Promise<{ readonly size: number } | null>;
  get(key: string, options: { range: Headers }): Promise<{ readonly body: ReadableStream } | null>;
  put(
    key: string,
    body: ReadableStream | null,
    options: { sha256?: string; onlyIf: { etagDoesNotMatch: '*' } },
  ): Promise<unknown>;
  list(options: { prefix: string; cursor?: string }): Promise<Listed>;
  delete(key: string): Promise<void>;
}

/** restic's REST protocol straight onto a bucket, which compares hashes itself: no credentials, rules or records. */
export default {
  async fetch(request: Request, { BUCKET }: { readonly BUCKET: Bucket }): Promise<Response> {
    const key = new URL(request.url).pathname.slice(1);
    if (request.method === 'POST') {
      const name = /[0-9a-f]{64}$/u.exec(key)?.[0];
      await BUCKET.put(key, request.body, {
        ...(name === undefined ? {} : { sha256: name }),
        onlyIf: { etagDoesNotMatch: '*' },
      });
      return new Response();
    }
    if (request.method === 'DELETE') {
      await BUCKET.delete(key);
      return new Response();
    }
    if (key.endsWith('/')) return list(BUCKET, key);
    if (request.method === 'HEAD') {
      const found = await BUCKET.head(key);
      return new Response(
        null,
        found === null ? { status: 404 } : { headers: { 'content-length': String(found.size) } },
      );
    }
    const found = await BUCKET.get(key, { range: request.headers });
    return found === null ? new Response(null, { status: 404 }) : new Response(found.body, { status: 206 });
  },
};

async function list(bucket: Bucket, prefix: string): Promise<Response> {
  const items: { name: string; size: number }[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await bucket.list({ prefix, ...(cursor === undefined ? {} : { cursor }) });
    for (const { key, size } of page.objects) items.push({ name: key.slice(prefix.length), size });
    if (!page.truncated) break;
    cursor = page.cursor;
  }
  const contentType = 'application/vnd.x.restic.rest.v2';
  return new Response(JSON.stringify(items), { headers: { 'content-type': contentType } });
}
