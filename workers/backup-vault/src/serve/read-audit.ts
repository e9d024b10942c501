import { ok, type Result } from '@innkeeper/shared/result/result';
import type { Ledger, LedgerQuery } from '../ledger/ledger.ts';
import type { Refusal } from '../refusal.ts';

/** What happened to a repository, oldest first, a page at a time: `{v, repository, entries, next}`. */
export async function readAudit(
  { ledger }: { readonly ledger: Ledger },
  { repository, since, after }: LedgerQuery & { readonly repository: string },
): Promise<Result<Response, Refusal>> {
  const page = await ledger.read(repository, { since, after });
  if (!page.ok) return page;
  return ok(Response.json({ v: 1, repository, ...page.value }, { headers: { 'cache-control': 'no-store' } }));
}
