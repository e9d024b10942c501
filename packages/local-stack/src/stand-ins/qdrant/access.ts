import type { Operation } from './qdrant-api.ts';
import { Refusal } from './refusal.ts';

/** Who may do what: the full key everything, the read-only key what changes nothing. Without keys everybody. Pure. */
export interface Keys {
  readonly apiKey?: string | undefined;
  readonly readOnlyApiKey?: string | undefined;
}

/** Reads that carry a body. Whatever is neither a GET nor one of these counts as a write. */
const READS_BY_POST = new Set([
  'get_points',
  'scroll_points',
  'count_points',
  'facet',
  'query_points',
  'query_batch_points',
  'query_points_groups',
]);

const OPEN = new Set(['root', 'healthz', 'livez', 'readyz']);

export function demandAccess(
  operation: Pick<Operation, 'id' | 'method'> | undefined,
  headers: Readonly<Record<string, string | undefined>>,
  { apiKey, readOnlyApiKey }: Keys,
): void {
  if (apiKey === undefined && readOnlyApiKey === undefined) return;
  if (operation !== undefined && OPEN.has(operation.id)) return;
  const key = headers['api-key'] ?? /^Bearer (.+)$/u.exec(headers.authorization ?? '')?.[1];
  if (key === undefined) throw new Refusal(401, 'Must provide an API key or an Authorization bearer token');
  if (key === apiKey) return;
  if (key !== readOnlyApiKey) throw new Refusal(401, 'Invalid API key or JWT');
  if (operation !== undefined && operation.method !== 'GET' && !READS_BY_POST.has(operation.id)) {
    throw new Refusal(403, 'Forbidden: Global manage access is required');
  }
}
