import {
  createJsonPostEdge,
  type ReceivedPost,
  WEBHOOK_BODY_BYTES_MAX,
} from '@innkeeper/shared/http-edge/json-post-edge';
import type { Refusal } from '@innkeeper/shared/http-edge/refusal';
import { type AcceptDeliveryPorts, acceptDelivery } from '@innkeeper/shared/ingest/accept-delivery';
import type { Log } from '@innkeeper/shared/log/log';
import type { LiveSecrets } from '@innkeeper/shared/ports/live-secrets';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { authenticate } from './authenticate.ts';
import { eventIdOf } from './event-id.ts';

/** The public edge: an authentic delivery is durable before it is answered; nothing about its content is decided here. */
export interface HandlerPorts extends AcceptDeliveryPorts {
  readonly log: Log;
  readonly secrets: LiveSecrets;
}

export function createHandler(ports: HandlerPorts): (request: Request) => Promise<Response> {
  return createJsonPostEdge({
    path: '/webhooks/aircall',
    bodyBytesMax: WEBHOOK_BODY_BYTES_MAX,
    rejectedEvent: 'webhook.rejected',
    log: ports.log,
    accept: post => accept(ports, post),
  });
}

async function accept(ports: HandlerPorts, post: ReceivedPost): Promise<Result<Response, Refusal>> {
  const authentic = await authenticateLive(post, ports.secrets);
  if (!authentic.ok) return authentic;
  const eventId = await eventIdOf(authentic.value);
  const body = JSON.stringify(authentic.value);
  const accepted = await acceptDelivery(ports, { source: 'aircall', eventId, body });
  return accepted.ok ? ok(Response.json({ ok: true })) : err('not_accepted');
}

/** A token that is not known may be of a webhook that was made a moment ago. */
async function authenticateLive(post: ReceivedPost, secrets: LiveSecrets): ReturnType<typeof authenticate> {
  const known = await authenticate(post.body, secrets.known());
  if (known.ok || known.error !== 'unauthorised') return known;
  return authenticate(post.body, await secrets.renewed());
}
