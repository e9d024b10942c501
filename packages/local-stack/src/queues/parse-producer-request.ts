import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import { QUEUE_LIMITS } from './cloudflare-limits.ts';
import type { OutgoingMessage } from './queue-message.ts';

export type ProducerRefusal = 'message_too_large' | 'batch_too_large' | 'malformed';

export interface ProducerRequest {
  /** `/message` for `send()`, `/batch` for `sendBatch()`. */
  readonly path: string;
  readonly header: (name: string) => string | undefined;
  readonly queue: string;
  /** The producer's `delivery_delay`, for messages that name none. */
  readonly deliveryDelaySeconds: number;
  readonly body: Buffer;
}

const DelaySeconds = z.int().min(0).max(QUEUE_LIMITS.delaySecondsMax);
const ContentType = z.enum(['text', 'bytes', 'json', 'v8']);
const Batch = z.object({
  messages: z
    .array(z.object({ contentType: ContentType.default('v8'), delaySecs: DelaySeconds.optional(), body: z.base64() }))
    .min(1),
});

/** Reads what workerd's queue binding puts on the wire and holds it against Cloudflare's limits. Pure. */
export function parseProducerRequest(request: ProducerRequest): Result<OutgoingMessage[], ProducerRefusal> {
  const delay = DelaySeconds.safeParse(Number(request.header('x-msg-delay-secs') ?? request.deliveryDelaySeconds));
  if (!delay.success) return err('malformed');
  if (request.path === '/message') return parseMessage(request, delay.data);
  if (request.path === '/batch') return parseBatch(request, delay.data);
  return err('malformed');
}

function parseMessage(request: ProducerRequest, delaySeconds: number): Result<OutgoingMessage[], ProducerRefusal> {
  const contentType = ContentType.safeParse(request.header('x-msg-fmt') ?? 'v8');
  if (!contentType.success) return err('malformed');
  if (request.body.byteLength > QUEUE_LIMITS.messageBytesMax) return err('message_too_large');
  return ok([{ queue: request.queue, contentType: contentType.data, body: request.body, delaySeconds }]);
}

function parseBatch(request: ProducerRequest, batchDelaySeconds: number): Result<OutgoingMessage[], ProducerRefusal> {
  const parsed = Batch.safeParse(parseJson(request.body));
  if (!parsed.success) return err('malformed');
  const messages = parsed.data.messages.map(message => ({
    queue: request.queue,
    contentType: message.contentType,
    body: Buffer.from(message.body, 'base64'),
    delaySeconds: message.delaySecs ?? batchDelaySeconds,
  }));
  if (messages.some(message => message.body.byteLength > QUEUE_LIMITS.messageBytesMax)) return err('message_too_large');
  const bytes = messages.reduce((sum, message) => sum + message.body.byteLength, 0);
  const tooMany = messages.length > QUEUE_LIMITS.sendBatchMessagesMax;
  return tooMany || bytes > QUEUE_LIMITS.sendBatchBytesMax ? err('batch_too_large') : ok(messages);
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    return undefined; // The schema refuses it.
  }
}
