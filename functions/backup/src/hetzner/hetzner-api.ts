import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { CloudError } from '../ports.ts';
import { classifyError } from './classify-error.ts';
import type { HetznerReply, HetznerRequest, HetznerTransport } from './hetzner-transport.ts';

/**
 * One call, its answer checked: by its status, then by the shape that is expected. Reads are tried again a few times,
 * as they change nothing; orders and deletions go out once.
 */
export interface HetznerApi {
  read<T>(path: string, query: URLSearchParams, shape: z.ZodType<T>): Promise<Result<T, CloudError>>;
  /** Every page of a list. */
  readAll<T, P extends Page>(
    path: string,
    query: URLSearchParams,
    shape: z.ZodType<P>,
    rows: (page: P) => readonly T[],
  ): Promise<Result<readonly T[], CloudError>>;
  order<T>(path: string, body: unknown, shape: z.ZodType<T>): Promise<Result<T, CloudError>>;
  /** The answer as it is, for a caller to whom some refusals are no failure. */
  remove(path: string): Promise<Result<HetznerReply, CloudError>>;
}

export interface Page {
  readonly meta: { readonly pagination: { readonly next_page: number | null } };
}

const READ_ATTEMPTS = 3; // a lost packet is outlasted; for longer trouble there is the sweep
const READ_PAUSE_MS = 500; // doubled with each attempt
const READ_WAIT_MAX_MS = 5000; // a full rate limit takes longer to refill than a caller can wait
const PER_PAGE = 50; // the most the API gives
const PAGES_MAX = 40; // 2,000 rows: nobody's project; more is an endless list

export function hetznerApi(options: {
  readonly transport: HetznerTransport;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => Date;
}): HetznerApi {
  const ask = async (request: HetznerRequest): Promise<Result<HetznerReply, CloudError>> => {
    const reply = await options.transport.send(request);
    return reply.ok ? reply : err({ kind: 'unavailable', detail: reply.error.detail });
  };

  const expect = <T>(request: HetznerRequest, reply: HetznerReply, shape: z.ZodType<T>): Result<T, CloudError> => {
    const asked = `${request.method} ${request.path}`;
    if (reply.status < 200 || reply.status > 299) return err(classifyError(asked, reply, options.now()));
    const parsed = shape.safeParse(reply.json);
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    const where = issue === undefined ? '' : ` at ${issue.path.join('.')}`;
    return err({ kind: 'unavailable', detail: `${asked}: an answer of another shape${where}` });
  };

  const read = async <T>(path: string, query: URLSearchParams, shape: z.ZodType<T>) => {
    const request: HetznerRequest = { method: 'GET', path, query };
    for (let attempt = 1; ; attempt++) {
      const reply = await ask(request);
      const result = reply.ok ? expect(request, reply.value, shape) : reply;
      if (result.ok || result.error.kind !== 'unavailable' || attempt === READ_ATTEMPTS) return result;
      const waitMs = result.error.retryAfterMs ?? READ_PAUSE_MS * 2 ** (attempt - 1);
      if (waitMs > READ_WAIT_MAX_MS) return result;
      await options.pause(waitMs);
    }
  };

  return {
    read,
    async readAll(path, query, shape, rows) {
      const all: ReturnType<typeof rows>[number][] = [];
      for (let page = 1; page <= PAGES_MAX; page++) {
        const paged = new URLSearchParams([...query, ['page', String(page)], ['per_page', String(PER_PAGE)]]);
        const result = await read(path, paged, shape);
        if (!result.ok) return result;
        all.push(...rows(result.value));
        if (result.value.meta.pagination.next_page === null) return ok(all);
      }
      return err({ kind: 'unavailable', detail: `GET ${path}: more than ${PAGES_MAX} pages` });
    },
    async order(path, body, shape) {
      const request: HetznerRequest = { method: 'POST', path, body };
      const reply = await ask(request);
      return reply.ok ? expect(request, reply.value, shape) : reply;
    },
    remove: path => ask({ method: 'DELETE', path }),
  };
}
