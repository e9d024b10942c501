import { type ApiAnswer, type ApiRequest, found, NOT_FOUND } from '../http-answer.ts';
import type { AircallAccount, Call, Contact } from './aircall-account.ts';
import { callObject, contactObject, transcriptAnswer } from './aircall-payloads.ts';

/** Aircall's REST API over the account as it is now. */
export function aircallApi(account: AircallAccount): (request: ApiRequest) => ApiAnswer {
  return ({ method, url }) => {
    const [, , resource, id, part] = url.pathname.split('/').map(decodeURIComponent);
    if (method !== 'GET') throw new Error(`the simulated Aircall has no ${method} ${url.pathname}`);
    if (resource === 'ping') return found({ ping: 'pong' });
    if (resource === 'calls' && id === undefined) return calls(account, url);
    if (resource === 'contacts' && id === undefined) return contacts(account, url);
    if (resource === 'contacts' && id !== undefined) {
      const contact = account.contacts.get(id);
      return contact === undefined || contact.thing.deleted ? NOT_FOUND : found({ contact: contactObject(contact) });
    }
    const call = account.calls.get(id ?? '');
    if (resource !== 'calls') throw new Error(`the simulated Aircall has no ${url.pathname}`);
    if (call === undefined) return NOT_FOUND;
    return part === undefined ? found({ call: callObject(call, 'api') }) : insight(call, part);
  };
}

function insight(call: Call, part: string): ApiAnswer {
  if (part === 'transcription') return call.transcript === undefined ? NOT_FOUND : found(transcriptAnswer(call));
  if (part === 'summary') return call.summary === undefined ? NOT_FOUND : found({ summary: { content: call.summary } });
  return NOT_FOUND;
}

function calls({ calls: all }: AircallAccount, url: URL): ApiAnswer {
  const bounds = boundsOf(url);
  const within = [...all.values()].filter(({ startedAt }) => startedAt >= bounds.from && startedAt <= bounds.to);
  return page(url, 'calls', ordered(within, url), call => callObject(call, 'api'));
}

function contacts({ contacts: all }: AircallAccount, url: URL): ApiAnswer {
  const bounds = boundsOf(url);
  const there = [...all.values()].filter(
    ({ thing, createdAt }) => !thing.deleted && createdAt >= bounds.from && createdAt <= bounds.to,
  );
  const byChange = url.searchParams.get('order_by') === 'updated_at';
  const sorted = byChange ? there.toSorted((one, other) => one.updatedAt - other.updatedAt) : there;
  return page(url, 'contacts', ordered<Contact>(sorted, url), contactObject);
}

const boundsOf = (url: URL) => ({
  from: Number(url.searchParams.get('from') ?? 0),
  to: Number(url.searchParams.get('to') ?? Number.MAX_SAFE_INTEGER),
});

const ordered = <T>(all: readonly T[], url: URL): readonly T[] =>
  url.searchParams.get('order') === 'desc' ? all.toReversed() : all;

function page<T>(url: URL, key: string, all: readonly T[], write: (thing: T) => unknown): ApiAnswer {
  const [current, perPage] = [
    Number(url.searchParams.get('page') ?? 1),
    Number(url.searchParams.get('per_page') ?? 20),
  ];
  const rows = all.slice((current - 1) * perPage, current * perPage);
  const next = new URL(url);
  next.searchParams.set('page', String(current + 1));
  const nextLink = current * perPage < all.length ? next.href : null;
  return found({
    meta: { count: rows.length, total: all.length, current_page: current, per_page: perPage, next_page_link: nextLink },
    [key]: rows.map(write),
  });
}
