import * as z from 'zod';
import type { StandInReply } from '../stand-in-server.ts';
import { SOLD_TYPES } from './hetzner-catalogue.ts';
import { hetznerError } from './hetzner-replies.ts';
import type { ActionRow, ImageRow, ServerRow } from './hetzner-rows.ts';
import type { HetznerWorld } from './hetzner-world.ts';

/** `POST /servers/{id}/actions/…` as far as a snapshot is made with them. What began is shown by the caller. */
export type Begun =
  | { readonly ok: true; readonly action: ActionRow; readonly image?: ImageRow }
  | { readonly ok: false; readonly refusal: StandInReply };

export type ServerAction = (world: HetznerWorld, server: ServerRow, body: unknown) => Begun;

const CreateImage = z.object({
  type: z.enum(['snapshot', 'backup']).default('snapshot'),
  description: z.string().default(''),
  labels: z.record(z.string(), z.string()).default({}),
});

export const SERVER_ACTIONS = {
  shutdown: (world, server) => ({ ok: true, action: world.lifecycle.shutDown(server) }),
  poweron: (world, server) => ({ ok: true, action: world.lifecycle.powerOn(server) }),
  create_image(world, server, body) {
    const { type, description, labels } = CreateImage.parse(body); // fits: the shape was checked
    if (type === 'backup') {
      return { ok: false, refusal: hetznerError('invalid_input', 'backups are not enabled for this server') };
    }
    const sold = SOLD_TYPES.find(({ name }) => name === server.type);
    if (sold === undefined) throw new Error(`server ${server.id} of no type`);
    const image: ImageRow = {
      id: world.newId(),
      createdFrom: { id: server.id, name: server.name },
      description,
      labels,
      architecture: sold.architecture,
      diskGb: sold.diskGb,
      status: 'creating',
      createdAt: new Date(world.now()).toISOString(),
    };
    return { ok: true, image, action: world.lifecycle.takeImage(server, image) };
  },
} satisfies Readonly<Record<string, ServerAction>>;
