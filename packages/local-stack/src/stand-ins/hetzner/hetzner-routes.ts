import * as z from 'zod';
import specification from '../../../specs/hetzner.json' with { type: 'json' };
import { requestShapes } from '../request-shapes.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { PLACES, SOLD_TYPES, SYSTEM_IMAGES } from './hetzner-catalogue.ts';
import { hetznerError, pageOf } from './hetzner-replies.ts';
import type { ActionRow, ImageRow, ServerRow } from './hetzner-rows.ts';
import type { HetznerWorld } from './hetzner-world.ts';
import { parseLabelSelector } from './label-selector.ts';
import { orderServer } from './order-server.ts';
import { presentImage, presentPlace, presentPricing, presentSystemImage, presentType } from './present-catalogue.ts';
import { presentAction, presentServer } from './present-server.ts';
import { SERVER_ACTIONS, type ServerAction } from './server-actions.ts';

/** The API's routes. Requests are checked against the vendor's shapes before, answers after. */
type Route = (world: HetznerWorld, request: RouteRequest) => StandInReply;
interface RouteRequest {
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly id: number;
}

const shapes = requestShapes(specification);
const BODIED: ReadonlySet<string> = new Set(
  Object.entries(specification.operations).flatMap(([operation, shape]) => ('body' in shape ? [operation] : [])),
);

/** `path` without the version. */
export function answerApi(world: HetznerWorld, request: StandInRequest, path: string): StandInReply {
  const [, collection = '', one, ...more] = path.split('/');
  if (collection === 'datacenters') return hetznerError('deprecated_api_endpoint', 'datacenters were removed');
  const name = `/${[collection, ...(one === undefined ? [] : ['{id}', ...more])].join('/')}`;
  const operation = `${request.method} ${name}`;
  const route = ROUTES[operation];
  if (route === undefined) {
    const isKnown = Object.keys(ROUTES).some(key => key.endsWith(` ${name}`));
    return isKnown ? hetznerError('method_not_allowed', 'method not allowed') : notFound('page');
  }
  const query = request.url.searchParams;
  const takesBody = BODIED.has(operation);
  const body = takesBody ? parseJson(request.body) : undefined;
  if (takesBody && body === undefined) return hetznerError('json_error', 'invalid JSON');
  const problem = shapes.check(operation, { query, body });
  if (problem !== undefined) {
    const field = problem.at.slice(1) || problem.part;
    const details = { fields: [{ name: field, messages: [problem.message] }] };
    return hetznerError('invalid_input', `invalid input in field '${field}'`, details);
  }
  const reply = route(world, { query, body, id: Number(one) });
  const own = reply.status < 300 ? shapes.checkReply(operation, reply.body) : undefined;
  if (own !== undefined) throw new Error(`${operation} answered ${own.at} ${own.message}`);
  return reply;
}

const LOCKED = hetznerError('locked', 'an action is running on it');
const ImageChanges = z.object({
  description: z.string().optional(),
  labels: z.record(z.string(), z.string()).optional(),
});

const notFound = (what: string): StandInReply => hetznerError('not_found', `${what} not found`);

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /servers': (world, { query }) =>
    listLabelled(world.liveServers(), query, (rows, meta) => ({
      servers: rows.map(row => showServer(world, row)),
      meta,
    })),
  'POST /servers': createServer,
  'GET /servers/{id}': (world, { id }) => {
    const server = world.lifecycle.look(id);
    return server === undefined ? notFound('server') : shown({ server: showServer(world, server) });
  },
  'DELETE /servers/{id}': (world, { id }) => {
    const server = world.lifecycle.look(id);
    if (server === undefined) return notFound('server');
    if (server.protected) return hetznerError('protected', 'server is delete protected');
    if (world.lifecycle.isLocked(id)) return LOCKED;
    return shown({ action: showAction(world, world.lifecycle.remove(server)) });
  },
  'GET /actions': (world, { query }) => {
    const found = query.getAll('id').map(id => world.actions.get(id));
    const actions = found.flatMap(row => (row === undefined ? [] : [showAction(world, row)]));
    return shown({ actions });
  },
  'GET /actions/{id}': (world, { id }) => {
    const action = world.actions.get(String(id));
    return action === undefined ? notFound('action') : shown({ action: showAction(world, action) });
  },
  'POST /servers/{id}/actions/create_image': acting('create_image'),
  'POST /servers/{id}/actions/poweron': acting('poweron'),
  'POST /servers/{id}/actions/shutdown': acting('shutdown'),
  'GET /images': (world, { query }) =>
    listLabelled(
      [
        ...SYSTEM_IMAGES.map(row => ({
          ...row,
          type: 'system',
          status: 'available',
          labels: {},
          shown: presentSystemImage(row),
        })),
        ...world.images.all().map(row => ({ ...row, name: '', type: 'snapshot', shown: presentImage(row) })),
      ],
      query,
      (rows, meta) => ({ images: rows.map(({ shown: image }) => image), meta }),
    ),
  'GET /images/{id}': (world, { id }) => {
    const image = findImage(world, id);
    return image === null ? notFound('image') : shown({ image });
  },
  'PUT /images/{id}': (world, { id, body }) => {
    const image = world.images.get(String(id));
    if (image === undefined) return notFound('image');
    const { description = image.description, labels = image.labels } = ImageChanges.parse(body);
    const changed: ImageRow = { ...image, description, labels };
    world.images.put(String(id), changed);
    return shown({ image: presentImage(changed) });
  },
  'DELETE /images/{id}': (world, { id }) => {
    const image = world.images.get(String(id));
    if (image === undefined) return notFound('image');
    if (image.status === 'creating') return LOCKED;
    world.images.delete(String(id));
    return { status: 204 };
  },
  'GET /server_types': (world, { query }) => {
    const named = SOLD_TYPES.filter(({ name }) => (query.get('name') ?? name) === name);
    const { rows, meta } = pageOf(named, query);
    return shown({ server_types: rows.map(type => presentType(type, world.switches.soldOut)), meta });
  },
  'GET /locations': (_, { query }) => {
    const { rows, meta } = pageOf(PLACES, query);
    return shown({ locations: rows.map(presentPlace), meta });
  },
  'GET /pricing': () => shown({ pricing: presentPricing() }),
};

function acting(action: keyof typeof SERVER_ACTIONS): Route {
  const act: ServerAction = SERVER_ACTIONS[action];
  return (world, { id, body }) => {
    const server = world.lifecycle.look(id);
    if (server === undefined) return notFound('server');
    if (world.lifecycle.isLocked(id)) return LOCKED;
    const begun = act(world, server, body);
    if (!begun.ok) return begun.refusal;
    const image = begun.image === undefined ? {} : { image: presentImage(begun.image) };
    return { status: 201, body: { action: showAction(world, begun.action), ...image } };
  };
}

function createServer(world: HetznerWorld, { body }: RouteRequest): StandInReply {
  const { switches, images, lifecycle, newId } = world;
  const ordered = orderServer(body, {
    names: new Set(world.liveServers().map(({ name }) => name)),
    images: images.all(),
    soldOut: switches.soldOut,
    serversMax: switches.serversMax,
    fate: switches.fates[0],
    newId,
    now: world.now(),
  });
  if (!ordered.ok) return ordered.refusal;
  switches.fates.shift();
  const { create, start } = lifecycle.begin(ordered.server);
  return {
    status: 201,
    body: {
      server: showServer(world, ordered.server),
      action: showAction(world, create),
      next_actions: [showAction(world, start)],
      root_password: ordered.rootPassword,
    },
  };
}

interface Labelled {
  readonly id: number;
  readonly name: string;
  readonly type: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly status: string;
  readonly createdAt: string;
}

/** The filters and orders that servers and images share. */
function listLabelled<T extends Labelled>(
  all: readonly T[],
  query: URLSearchParams,
  show: (rows: readonly T[], meta: object) => object,
): StandInReply {
  const matches = parseLabelSelector(query.get('label_selector') ?? '');
  if (query.get('label_selector') !== null && matches === undefined) {
    return hetznerError('invalid_input', "invalid input in field 'label_selector'");
  }
  const among = (name: string, value: string): boolean =>
    !query.has(name) || query.getAll(name).some(wanted => wanted === value);
  const found = all.filter(
    row =>
      among('name', row.name) &&
      among('status', row.status) &&
      among('type', row.type) &&
      (matches?.(row.labels) ?? true),
  );
  const [key = 'id', direction = 'asc'] = (query.get('sort') ?? 'id').split(':');
  const valueOf = (row: T): string | number => ({ id: row.id, name: row.name, created: row.createdAt })[key] ?? row.id;
  const ascending = (a: T, b: T): number =>
    valueOf(a) === valueOf(b) ? a.id - b.id : valueOf(a) < valueOf(b) ? -1 : 1;
  const sorted = found.toSorted((a, b) => (direction === 'desc' ? ascending(b, a) : ascending(a, b)));
  const { rows, meta } = pageOf(sorted, query);
  return shown(show(rows, meta));
}

const shown = (body: object): StandInReply => ({ status: 200, body });

const showServer = (world: HetznerWorld, server: ServerRow): object =>
  presentServer(server, { image: findImage(world, server.imageId), isLocked: world.lifecycle.isLocked(server.id) });

function findImage(world: HetznerWorld, id: number): object | null {
  const snapshot = world.images.get(String(id));
  if (snapshot !== undefined) return presentImage(snapshot);
  const system = SYSTEM_IMAGES.find(image => image.id === id);
  return system === undefined ? null : presentSystemImage(system);
}

const showAction = (world: HetznerWorld, action: ActionRow): object => presentAction(action, world.paceMs, world.now());
