import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Servers } from '../ports.ts';
import { awaitActions } from './await-actions.ts';
import { classifyAction, classifyError, errorCodeOf } from './classify-error.ts';
import { createRequest, IMAGE_ROLE, SERVER_ROLE, type ServerSettings } from './create-request.ts';
import { hetznerApi } from './hetzner-api.ts';
import { hetznerTransport } from './hetzner-transport.ts';
import { readImages, readOffers, readServer } from './read-rows.ts';
import { CreatedReply, ImagesReply, PricingReply, ServersReply, ServerTypesReply } from './responses.ts';

/** Throw-away servers at Hetzner Cloud. Does I/O; failures are the port's. */
export interface HetznerOptions {
  /** With the version path, without a slash at its end. */
  readonly endpoint: string;
  /** Of one project, read and write. */
  readonly token: Secret;
  readonly settings: ServerSettings;
  readonly pause: (ms: number) => Promise<void>;
  readonly now: () => Date;
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 15_000; // ordering takes the API up to some seconds

export function hetznerServers(options: HetznerOptions): Servers {
  const { endpoint, token, settings, pause, now, timeoutMs = TIMEOUT_MS } = options;
  const api = hetznerApi({ transport: hetznerTransport({ endpoint, token, timeoutMs }), pause, now });

  const servers: Servers = {
    async images() {
      const query = new URLSearchParams({ type: 'snapshot', label_selector: IMAGE_ROLE, sort: 'created:desc' });
      const rows = await api.readAll('/images', query, ImagesReply, page => page.images);
      return rows.ok ? ok(readImages(rows.value)) : rows;
    },

    async offers() {
      const types = await api.readAll(
        '/server_types',
        new URLSearchParams(),
        ServerTypesReply,
        row => row.server_types,
      );
      if (!types.ok) return types;
      // The list of types does not say in what money, nor what the public address costs.
      const pricing = await api.read('/pricing', new URLSearchParams(), PricingReply);
      return pricing.ok ? ok(readOffers(types.value, pricing.value.pricing, now())) : pricing;
    },

    async create(order) {
      const created = await api.order('/servers', createRequest(order, settings), CreatedReply);
      if (!created.ok) return created;
      const { server, action, next_actions } = created.value;
      const failed = await awaitActions({ api, pause, now }, [action, ...next_actions]);
      if (failed === undefined) return ok(readServer(server));
      const removed = await servers.delete(server.id);
      const error = classifyAction(failed.command, failed.error?.code);
      // While it is still there under its name, nothing else may be ordered.
      return removed.ok ? err(error) : err({ kind: 'unavailable', detail: `${error.detail}; ${removed.error.detail}` });
    },

    async list(name) {
      const query = new URLSearchParams({ label_selector: SERVER_ROLE, ...(name === undefined ? {} : { name }) });
      const rows = await api.readAll('/servers', query, ServersReply, page => page.servers);
      return rows.ok ? ok(rows.value.map(readServer)) : rows;
    },

    async delete(serverId) {
      const path = `/servers/${serverId}`;
      const reply = await api.remove(path);
      if (!reply.ok) return reply;
      if (reply.value.status >= 200 && reply.value.status <= 299) return ok('accepted');
      // Not by the status alone: a wrong address answers 404 too, and the server lives on.
      if (errorCodeOf(reply.value) === 'not_found') return ok('already_gone');
      return err(classifyError(`DELETE ${path}`, reply.value, now()));
    },
  };
  return servers;
}
