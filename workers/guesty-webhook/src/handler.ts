import {
  createJsonPostEdge,
  type ReceivedPost,
  WEBHOOK_BODY_BYTES_MAX,
} from '@innkeeper/shared/http-edge/json-post-edge';
import { parseJsonObject } from '@innkeeper/shared/http-edge/parse-json-object';
import type { Refusal } from '@innkeeper/shared/http-edge/refusal';
import { type AcceptDeliveryPorts, acceptDelivery } from '@innkeeper/shared/ingest/accept-delivery';
import type { Log } from '@innkeeper/shared/log/log';
import type { LiveSecrets } from '@innkeeper/shared/ports/live-secrets';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { eventIdOf } from './event-id.ts';
import { verify } from './verify.ts';

/** The public edge: an authentic delivery is durable before it is answered; nothing about its content is decided here. */
export interface HandlerPorts extends AcceptDeliveryPorts {
  readonly log: Log;
  readonly secrets: LiveSecrets;
}

export function createHandler(ports: HandlerPorts): (request: Request) => Promise<Response> {
  return createJsonPostEdge({
    path: '/webhooks/guesty',
    bodyBytesMax: WEBHOOK_BODY_BYTES_MAX,
    rejectedEvent: 'webhook.rejected',
    log: ports.log,
    accept: post => accept(ports, post),
  });
}

async function accept(ports: HandlerPorts, post: ReceivedPost): Promise<Result<Response, Refusal>> {
  const authentic = await verifyLive(post, ports.secrets, ports.now());
  if (!authentic.ok) {
    ports.log.warn('signature.refused', { reason: authentic.error });
    return err('unauthorised');
  }
  const payload = parseJsonObject(post.body);
  if (!payload.ok) return payload;
  const eventId = await eventIdOf(authentic.value.deliveryId);
  const body = new TextDecoder().decode(post.body);
  const accepted = await acceptDelivery(ports, { source: 'guesty', eventId, body });
  return accepted.ok ? ok(Response.json({ ok: true })) : err('not_accepted');
}

/** A signature that no known secret made may be of a subscription that was made a moment ago. */
async function verifyLive(post: ReceivedPost, secrets: LiveSecrets, nowMs: number): ReturnType<typeof verify> {
  const verified = await verify(post.body, post.headers, secrets.known(), nowMs);
  if (verified.ok || verified.error !== 'signature_mismatch') return verified;
  return verify(post.body, post.headers, await secrets.renewed(), nowMs);
}
