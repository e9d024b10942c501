import * as z from 'zod';
import { type DocumentTable, openDatabase } from '../document-table.ts';
import { ActionRow, ImageRow, type ServerFate, ServerRow, type SoldOut } from './hetzner-rows.ts';
import { type RefillingLimit, refillingLimit } from './refilling-limit.ts';
import { type ServerLifecycle, serverLifecycle } from './server-lifecycle.ts';
import type { ServerMachines } from './server-machine.ts';

/** Everything the stand-in knows: durable tables, what is switched on for the next requests, and the running servers. */
export interface HetznerWorld {
  readonly servers: DocumentTable<ServerRow>;
  readonly actions: DocumentTable<ActionRow>;
  readonly images: DocumentTable<ImageRow>;
  readonly lifecycle: ServerLifecycle;
  readonly limit: RefillingLimit;
  readonly paceMs: number;
  readonly now: () => number;
  readonly newId: () => number;
  /** Servers that are not deleted, as they are now. */
  liveServers(): ServerRow[];
  /** Switches; a restart forgets them. */
  readonly switches: HetznerSwitches;
  close(): Promise<void>;
}

export interface HetznerSwitches {
  soldOut: SoldOut;
  fates: ServerFate[];
  serversMax: number;
}

const SERVERS_MAX = 10; // of a new project
const FIRST_ID = 50_000_001;

export function openWorld(options: {
  readonly stateDirectory: string;
  readonly images: readonly ImageRow[];
  readonly machines: ServerMachines | undefined;
  readonly paceMs: number;
  readonly now: () => number;
}): HetznerWorld {
  const database = openDatabase(options.stateDirectory);
  const servers = database.table('servers', row => ServerRow.parse(row));
  const actions = database.table('actions', row => ActionRow.parse(row));
  const images = database.table('images', row => ImageRow.parse(row));
  const counters = database.table('counters', row => z.object({ last: z.int() }).parse(row));
  const newId = (): number => {
    const last = (counters.get('id')?.last ?? FIRST_ID - 1) + 1;
    counters.put('id', { last });
    return last;
  };
  for (const image of options.images) {
    if (images.get(String(image.id)) === undefined) images.put(String(image.id), image);
  }

  const { now, paceMs, machines } = options;
  const lifecycle = serverLifecycle({ servers, actions, images, machines, newId, now, paceMs });
  return {
    servers,
    actions,
    images,
    lifecycle,
    limit: refillingLimit(now),
    paceMs,
    now,
    newId,
    liveServers: () =>
      servers.all().flatMap(({ id, deletedAt }) => (deletedAt === undefined ? (lifecycle.look(id) ?? []) : [])),
    switches: { soldOut: [], fates: [], serversMax: SERVERS_MAX },
    async close() {
      await lifecycle.close();
      database.close();
    },
  };
}
