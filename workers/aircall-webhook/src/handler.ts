import type { Secret } from '@innkeeper/shared/config/secret';
import { createJsonPostEdge, WEBHOOK_BODY_BYTES_MAX } from '@innkeeper/shared/http-edge/json-post-edge';
import { type AcceptDeliveryPorts, acceptDelivery } from '@innkeeper/shared/ingest/accept-delivery';
import type { Log } from '@innkeeper/shared/log/log';
import { err, ok } from '@innkeeper/shared/result/result';
import { authenticate } from './authenticate.ts';
import { eventIdOf } from './event-id.ts';

/** The public edge: an authentic delivery is durable before it is answered; nothing about its content is decided here. */
export interface HandlerPorts extends AcceptDeliveryPorts {
  readonly log: Log;
  readonly tokens: readonly Secret[];
}

export function createHandler(ports: HandlerPorts): (request: Request) => Promise<Response> {
  return createJsonPostEdge({
    path: '/webhooks/aircall',
    bodyBytesMax: WEBHOOK_BODY_BYTES_MAX,
    rejectedEvent: 'webhook.rejected',
    log: ports.log,
    accept: async post => {
      const authentic = await authenticate(post.body, ports.tokens);
      if (!authentic.ok) return authentic;
      const eventId = await eventIdOf(authentic.value);
      const body = JSON.stringify(authentic.value);
      const accepted = await acceptDelivery(ports, { source: 'aircall', eventId, body });
      return accepted.ok ? ok(Response.json({ ok: true })) : err('not_accepted');
    },
  });
}
