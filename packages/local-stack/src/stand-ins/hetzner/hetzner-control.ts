import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { hourly, IPV4_MONTHLY, SOLD_TYPES } from './hetzner-catalogue.ts';
import { ImageRow, ServerFate, type ServerRow, SoldOut } from './hetzner-rows.ts';
import type { HetznerWorld } from './hetzner-world.ts';

/** `/_control`: what people, tests and the demo can see and switch; also how a server's own `poweroff` reaches its power. */
const Protection = z.strictObject({ delete: z.boolean() });
const Limits = z.strictObject({ requestsLeft: z.int().nonnegative().optional(), serversMax: z.int().optional() });
const HOUR_MS = 3_600_000;

export function answerControl(world: HetznerWorld, request: StandInRequest): StandInReply {
  const [, , kind = '', id = '', what = ''] = request.url.pathname.split('/').map(decodeURIComponent);
  const json = parseJson(request.body);
  switch (`${request.method} /${[kind, id === '' ? '' : ':id', what].filter(part => part !== '').join('/')}`) {
    case 'GET /servers':
      return { status: 200, body: { servers: world.servers.all().map(row => tellServer(world, row)) } };
    case 'POST /servers/:id/power-off':
      return withServer(world, id, server => world.lifecycle.powerOff(server));
    case 'PUT /servers/:id/protection':
      return checked(Protection, json, protection =>
        withServer(world, id, server => world.servers.put(id, { ...server, protected: protection.delete })),
      );
    case 'PUT /fates':
      return checked(z.array(ServerFate), json, fates => {
        world.switches.fates = [...fates];
      });
    case 'PUT /sold-out':
      return checked(SoldOut, json, soldOut => {
        world.switches.soldOut = soldOut;
      });
    case 'PUT /limits':
      return checked(Limits, json, ({ requestsLeft, serversMax }) => {
        if (requestsLeft !== undefined) world.limit.leave(requestsLeft);
        if (serversMax !== undefined) world.switches.serversMax = serversMax;
      });
    case 'PUT /images/:id':
      return checked(ImageRow.omit({ id: true }), json, image => world.images.put(id, { ...image, id: Number(id) }));
    case 'DELETE /images/:id':
      world.images.delete(id);
      return DONE;
    default:
      return { status: 404, body: { error: 'no such control' } };
  }
}

const DONE: StandInReply = { status: 200, body: { ok: true } };

function checked<T>(schema: z.ZodType<T>, json: unknown, act: (value: T) => StandInReply | void): StandInReply {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  return act(parsed.data) ?? DONE;
}

function withServer(world: HetznerWorld, id: string, act: (server: ServerRow) => void): StandInReply {
  const server = world.lifecycle.look(Number(id));
  if (server === undefined) return { status: 404, body: { error: 'no such server' } };
  act(server);
  return DONE;
}

/** What happened to a server, from its order to its end, and what it costs. */
function tellServer(world: HetznerWorld, stored: ServerRow): object {
  const { id, name, type, location, labels, createdAt, ...row } = world.lifecycle.look(stored.id) ?? stored;
  const until = row.deletedAt === undefined ? world.now() : Date.parse(row.deletedAt);
  const billedHours = Math.max(1, Math.ceil((until - Date.parse(createdAt)) / HOUR_MS));
  const typeHourly = hourly(SOLD_TYPES.find(sold => sold.name === type)?.monthly ?? 0);
  const addressHourly = row.ipv4 ? hourly(IPV4_MONTHLY) : 0;
  return {
    ...{ id, name, type, location, labels, createdAt },
    status: row.deletedAt === undefined ? row.status : 'deleted',
    bootedAt: row.bootedAt,
    endedAt: row.endedAt,
    exitCode: row.exitCode,
    deletedAt: row.deletedAt,
    billedHours,
    cost: (billedHours * (typeHourly + addressHourly)).toFixed(4),
  };
}
