import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { AskError } from '../asking/ask-error.ts';
import { askJson } from '../asking/ask-json.ts';
import type { GoogleCredential } from '../ports/google-credential.ts';

/** One read of a Google API, and all pages of a list. I/O: `fetch`. */
export interface GoogleApi {
  get<T>(url: string, answer: z.ZodType<T>): Promise<Result<T, AskError>>;
  /** A read whose question is a body. */
  query<T>(url: string, question: unknown, answer: z.ZodType<T>): Promise<Result<T, AskError>>;
  /** `url` has a query already. */
  pages<P extends { readonly nextPageToken?: string | undefined }>(
    url: string,
    answer: z.ZodType<P>,
  ): Promise<Result<readonly P[], AskError>>;
}

/** Lists of ours have dozens of entries; more pages than this are an endless list. */
const PAGES_MAX = 20;

export function googleApi(fetch: Fetch, credential: GoogleCredential): GoogleApi {
  async function ask<T>(url: string, answer: z.ZodType<T>, body?: unknown): Promise<Result<T, AskError>> {
    const known = await credential.headers();
    if (!known.ok) return err({ kind: 'refused', detail: 'cannot be asked without a credential' });
    return askJson({ fetch, url, headers: known.value.headers, answer, ...(body === undefined ? {} : { body }) });
  }
  return {
    get: (url, answer) => ask(url, answer),
    query: (url, question, answer) => ask(url, answer, question),
    async pages(url, answer) {
      const all: z.output<typeof answer>[] = [];
      let token: string | undefined;
      do {
        const page = await ask(token === undefined ? url : `${url}&pageToken=${encodeURIComponent(token)}`, answer);
        if (!page.ok) return page;
        all.push(page.value);
        token = page.value.nextPageToken === '' ? undefined : page.value.nextPageToken;
        if (all.length === PAGES_MAX && token !== undefined)
          return err({ kind: 'unreadable', detail: `has more than ${PAGES_MAX} pages` });
      } while (token !== undefined);
      return ok(all);
    },
  };
}
