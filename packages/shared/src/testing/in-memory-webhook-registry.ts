import { Secret } from '../config/secret.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { RegistryError, RemoteSubscription, WebhookRegistry } from '../subscription/webhook-registry.ts';

/** A vendor's webhook subscriptions in memory, with what people do to them by hand. */
export interface InMemoryWebhookRegistry extends WebhookRegistry {
  rows(): readonly RegistryRow[];
  /** Events that are refused, and everything that is asked for with them. */
  readonly refusedEvents: Set<string>;
  /** As a person at the vendor's dashboard. */
  byHand: {
    add(url: string, events: readonly string[]): RegistryRow;
    change(id: string, change: Partial<Pick<RemoteSubscription, 'events' | 'active'>>): void;
    remove(id: string): void;
    renewSecret(id: string): void;
  };
}

export interface RegistryRow extends RemoteSubscription {
  readonly secret: string;
  readonly createdAtMs: number;
}

export type RegistryCall = 'list' | 'create' | 'update' | 'remove' | 'secretOf';

/** What becomes of one call: `lost` is carried out and not answered. An error thrown by `fate` ends the caller. */
export type CallFate = 'fine' | 'lost' | RegistryError;

export interface InMemoryRegistryOptions {
  readonly now?: () => number;
  /** How long a new secret is answered with `not_found`. */
  readonly secretDelayMs?: number;
  /** How long a new subscription is missing in the list. */
  readonly listDelayMs?: number;
  readonly fate?: (call: RegistryCall, id: string | undefined) => CallFate;
}

export function inMemoryWebhookRegistry(options: InMemoryRegistryOptions = {}): InMemoryWebhookRegistry {
  const { now = () => 0, secretDelayMs = 0, listDelayMs = 0, fate = () => 'fine' } = options;
  const rows = new Map<string, RegistryRow>();
  const refusedEvents = new Set<string>();
  let made = 0;

  const make = (url: string, events: readonly string[]): RegistryRow => {
    made += 1;
    const row = { id: `s${made}`, url, events, active: true, secret: `secret-${made}`, createdAtMs: now() };
    rows.set(row.id, row);
    return row;
  };
  const shown = ({ id, url, events, active }: RegistryRow): RemoteSubscription => ({ id, url, events, active });
  const unknown = (id: string) => err({ kind: 'not_found' as const, detail: `no ${id}` });

  const call = async <T>(
    name: RegistryCall,
    id: string | undefined,
    work: () => Result<T, RegistryError>,
  ): Promise<Result<T, RegistryError>> => {
    const met = fate(name, id);
    if (typeof met === 'object') return err(met);
    const done = work();
    return met === 'fine' ? done : err({ kind: 'unavailable', detail: 'the answer was lost' });
  };

  const refusal = (events: readonly string[]) =>
    events.some(event => refusedEvents.has(event))
      ? err({ kind: 'refused' as const, detail: 'status 400: events must be valid' })
      : undefined;

  return {
    refusedEvents,
    rows: () => [...rows.values()],
    list: () =>
      call('list', undefined, () =>
        ok([...rows.values()].filter(row => now() >= row.createdAtMs + listDelayMs).map(shown)),
      ),
    create: ({ url, events }) => call('create', undefined, () => refusal(events) ?? ok(shown(make(url, events)))),
    update: (id, { url, events, active }) =>
      call('update', id, () => {
        const row = rows.get(id);
        if (row === undefined) return unknown(id);
        if (row.url !== url) return err({ kind: 'refused', detail: 'the url cannot be changed' });
        const refused = refusal(events);
        if (refused !== undefined) return refused;
        const changed = { ...row, events, active };
        rows.set(id, changed);
        return ok(shown(changed));
      }),
    remove: id => call('remove', id, () => (rows.delete(id) ? ok(undefined) : unknown(id))),
    secretOf: ({ id }) =>
      call('secretOf', id, () => {
        const row = rows.get(id);
        return row === undefined || now() < row.createdAtMs + secretDelayMs ? unknown(id) : ok(new Secret(row.secret));
      }),
    byHand: {
      add: make,
      change(id, change) {
        const row = rows.get(id);
        if (row !== undefined) rows.set(id, { ...row, ...change });
      },
      remove: id => void rows.delete(id),
      renewSecret(id) {
        const row = rows.get(id);
        made += 1;
        if (row !== undefined) rows.set(id, { ...row, secret: `secret-${made}` });
      },
    },
  };
}
