import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { CloudError, Server, ServerImage, ServerOffer, ServerOrder, Servers } from '../ports.ts';

/**
 * A small model of Hetzner Cloud: snapshots, types and places, capacity, unique names, a quota, delete protection,
 * servers that need time to start and to go. Faults are given by a function that is asked before and after each call.
 * No I/O; time is the caller's.
 */
export interface CloudFaultPoint {
  readonly operation: keyof Servers;
  /** `after`: done, but the answer gets lost. */
  readonly phase: 'before' | 'after';
  /** `create` only. */
  readonly order?: ServerOrder;
  /** `delete` only. */
  readonly serverId?: number;
}

/** Fails the call at this point by answering an error; delays it by answering later. */
export type CloudFault = (point: CloudFaultPoint) => CloudError | undefined | Promise<CloudError | undefined>;

/** One server that was ever made; `goneAtMs` is when it stops being billed. */
export interface ModelServer {
  readonly server: Omit<Server, 'status'>;
  readonly userData: string;
  readonly createdAtMs: number;
  readonly runningAtMs: number;
  readonly deletedAtMs: number | undefined;
  readonly goneAtMs: number | undefined;
}

export interface InMemoryServers extends Servers {
  /** Everything that was ever made, in order. */
  readonly history: readonly ModelServer[];
  /** Alive now, those being deleted included. */
  alive(): readonly ModelServer[];
  setImages(images: readonly ServerImage[]): void;
  setOffers(offers: readonly ServerOffer[]): void;
  /** Places, as `cx23@nbg1`, that are offered and yet answer `no_capacity` to whoever orders. */
  setExhausted(places: readonly string[]): void;
  /** A server that somebody else made, or that nobody remembers having ordered. */
  add(
    server: Pick<Server, 'name'> & { readonly [K in 'runId' | 'expires' | 'addresses']?: Server[K] | undefined },
  ): Server;
  setProtected(serverId: number, isProtected: boolean): void;
  /** What the server itself does at its end: it stays, and is billed. */
  powerOff(serverId: number): void;
}

export interface InMemoryServersOptions {
  readonly now?: () => number;
  readonly fault?: CloudFault;
  readonly images?: readonly ServerImage[];
  readonly offers?: readonly ServerOffer[];
  /** Until an order is `running`, and until an accepted deletion is done: milliseconds. */
  readonly startMs?: number;
  readonly deletionMs?: number;
  readonly serversMax?: number;
  readonly onCreated?: (created: ModelServer) => void;
  readonly onDeleted?: (deleted: ModelServer) => void;
}

export function inMemoryServers(options: InMemoryServersOptions = {}): InMemoryServers {
  const { now = () => Date.now(), fault = () => undefined, startMs = 0, deletionMs = 0, serversMax = 10 } = options;
  let images = options.images ?? [PREPARED_IMAGE];
  let offers = options.offers ?? OFFERS;
  let exhausted: readonly string[] = [];
  const history: ModelServer[] = [];
  const protectedIds = new Set<number>();
  const poweredOff = new Set<number>();

  const isGone = ({ goneAtMs }: ModelServer): boolean => goneAtMs !== undefined && goneAtMs <= now();
  const alive = (): readonly ModelServer[] => history.filter(model => !isGone(model));
  const view = (model: ModelServer): Server => ({ ...model.server, status: statusOf(model) });
  const statusOf = ({ server, deletedAtMs, runningAtMs }: ModelServer): Server['status'] => {
    if (deletedAtMs !== undefined) return 'deleting';
    if (poweredOff.has(server.id)) return 'off';
    return runningAtMs <= now() ? 'running' : 'starting';
  };

  const make = (server: Omit<Server, 'status' | 'id' | 'createdAt'>, userData: string): ModelServer => {
    const createdAtMs = now();
    const created: ModelServer = {
      server: { ...server, id: FIRST_ID + history.length, createdAt: new Date(createdAtMs).toISOString() },
      userData,
      createdAtMs,
      runningAtMs: createdAtMs + startMs,
      deletedAtMs: undefined,
      goneAtMs: undefined,
    };
    history.push(created);
    options.onCreated?.(created);
    return created;
  };

  const refusalOf = (order: ServerOrder): CloudError | undefined => {
    const offer = offers.find(({ type, location }) => type === order.type && location === order.location);
    const image = images.find(({ id }) => id === order.imageId);
    if (order.userData.length > USER_DATA_CHARACTERS_MAX) return refused('user_data is too long');
    if (offer === undefined) return refused(`no server type ${order.type} in ${order.location}`);
    if (image === undefined) return refused(`image ${order.imageId} not found`);
    if (image.architecture !== offer.architecture) return refused('image and server type differ in architecture');
    if (image.diskGb > offer.diskGb) return refused('image is larger than the disk');
    if (alive().some(({ server }) => server.name === order.name)) return { kind: 'name_taken', detail: order.name };
    if (alive().length >= serversMax) return { kind: 'quota_exceeded', detail: `${serversMax} servers` };
    const place = `${order.type}@${order.location}`;
    const isExhausted = !offer.available || exhausted.includes(place);
    return isExhausted ? { kind: 'no_capacity', detail: `no capacity for ${place}` } : undefined;
  };

  /** Runs `work` between the two fault points of a call. */
  const guarded = async <T>(
    point: Omit<CloudFaultPoint, 'phase'>,
    work: () => Result<T, CloudError>,
  ): Promise<Result<T, CloudError>> => {
    const before = await fault({ ...point, phase: 'before' });
    if (before !== undefined) return err(before);
    const done = work();
    const after = done.ok ? await fault({ ...point, phase: 'after' }) : undefined;
    return after === undefined ? done : err(after);
  };

  const accept = (serverId: number): Result<'accepted' | 'already_gone', CloudError> => {
    const index = history.findIndex(({ server }) => server.id === serverId);
    const model = history[index];
    if (model === undefined || isGone(model)) return ok('already_gone');
    if (protectedIds.has(serverId)) return err({ kind: 'protected', detail: `server ${serverId} is protected` });
    if (model.deletedAtMs !== undefined) return ok('accepted');
    const deleted = { ...model, deletedAtMs: now(), goneAtMs: now() + deletionMs };
    history[index] = deleted;
    options.onDeleted?.(deleted);
    return ok('accepted');
  };

  return {
    history,
    alive,
    images: () =>
      guarded({ operation: 'images' }, () => ok(images.toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1)))),
    offers: () => guarded({ operation: 'offers' }, () => ok(offers)),
    create: order =>
      guarded({ operation: 'create', order }, () => {
        const refusal = refusalOf(order);
        if (refusal !== undefined) return err(refusal);
        const { runId, name, type, location, expires } = order;
        const addresses = addressesOf(history.length);
        return ok(view(make({ name, runId, expires, type, location, addresses }, order.userData)));
      }),
    list: name =>
      guarded({ operation: 'list' }, () =>
        ok(
          alive()
            .map(view)
            .filter(server => name === undefined || server.name === name),
        ),
      ),
    delete: serverId => guarded({ operation: 'delete', serverId }, () => accept(serverId)),
    setImages: next => {
      images = next;
    },
    setOffers: next => {
      offers = next;
    },
    setExhausted: places => {
      exhausted = places;
    },
    add: ({ name, runId, expires, addresses = addressesOf(history.length) }) =>
      view(make({ name, runId, expires, addresses, type: 'cx23', location: 'nbg1' }, '')),
    setProtected: (serverId, isProtected) => {
      if (isProtected) protectedIds.add(serverId);
      else protectedIds.delete(serverId);
    },
    powerOff: serverId => poweredOff.add(serverId),
  };
}

/** A snapshot as the build makes it, and places that are to be had: enough for a night without trouble. */
export const PREPARED_IMAGE: ServerImage = {
  id: 4_711,
  architecture: 'x86',
  diskGb: 40,
  runnerVersion: '0.1.0',
  protocol: 1,
  createdAt: '2026-10-01T09:00:00.000Z',
};

const offer = (type: string, location: string, amount: string): ServerOffer => ({
  type,
  location,
  available: true,
  architecture: type.startsWith('cax') ? 'arm' : 'x86',
  diskGb: type === 'cpx22' ? 80 : 40,
  hourlyPrice: { amount, currency: 'EUR' },
});

/** Net prices an hour, made of the monthly list prices of autumn 2026 over 730 hours. */
export const OFFERS: readonly ServerOffer[] = [
  offer('cx23', 'nbg1', '0.0082000000'),
  offer('cx23', 'hel1', '0.0082000000'),
  offer('cpx22', 'fsn1', '0.0273800000'),
  offer('cax11', 'nbg1', '0.0088900000'),
];

const refused = (detail: string): CloudError => ({ kind: 'refused', detail });

const addressesOf = (index: number): string[] => [
  `203.0.113.${(index % 250) + 1}`,
  `2001:db8:${index.toString(16)}::/64`,
];

/** The vendor's limit of 32 KiB; what is written here is ASCII. */
const USER_DATA_CHARACTERS_MAX = 32 * 1024;
const FIRST_ID = 42_000_001;
