import type { Secret } from '@innkeeper/shared/config/secret';
import { createJsonPostEdge, WEBHOOK_BODY_BYTES_MAX } from '@innkeeper/shared/http-edge/json-post-edge';
import { parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import { type AcceptDeliveryPorts, acceptDelivery } from '@innkeeper/shared/ingest/accept-delivery';
import type { Log } from '@innkeeper/shared/log/log';
import { err, ok } from '@innkeeper/shared/result/result';
import { eventIdOf } from './event-id.ts';
import { verify } from './verify.ts';

/** The public edge: an authentic delivery is durable before it is answered; nothing about its content is decided here. */
export interface HandlerPorts extends AcceptDeliveryPorts {
  readonly log: Log;
  readonly secrets: readonly Secret[];
}

export function createHandler(ports: HandlerPorts): (request: Request) => Promise<Response> {
  return createJsonPostEdge({
    path: '/webhooks/guesty',
    bodyBytesMax: WEBHOOK_BODY_BYTES_MAX,
    rejectedEvent: 'webhook.rejected',
    log: ports.log,
    accept: async post => {
      const authentic = await verify(post.body, post.headers, ports.secrets, ports.now());
      if (!authentic.ok) {
        ports.log.warn('signature.refused', { reason: authentic.error });
        return err('unauthorised');
      }
      const payload = parseJsonObject(post.body);
      if (!payload.ok) return payload;
      const eventId = await eventIdOf(authentic.value.deliveryId);
      const accepted = await acceptDelivery(ports, {
        source: 'guesty',
        eventId,
        body: new TextDecoder().decode(post.body),
      });
      return accepted.ok ? ok(Response.json({ ok: true })) : err('not_accepted');
    },
  });
}
