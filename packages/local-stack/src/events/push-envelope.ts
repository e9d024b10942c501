import * as z from 'zod';

/** A message as the Pub/Sub REST API gives it. */
export const PubsubMessage = z.object({
  /** Base64. */
  data: z.string().optional(),
  attributes: z.record(z.string(), z.string()).optional(),
  messageId: z.string(),
  publishTime: z.string(),
  orderingKey: z.string().optional(),
});
export type PubsubMessage = z.infer<typeof PubsubMessage>;

/**
 * The body of a wrapped push. Pub/Sub writes id and time in both spellings, leaves out what is empty, and counts
 * attempts only for a subscription with a dead-letter topic. Pure.
 */
export function pushEnvelope(
  message: PubsubMessage,
  subscription: string,
  deliveryAttempt: number | undefined,
): Record<string, unknown> {
  return {
    message: {
      ...(hasEntries(message.attributes) ? { attributes: message.attributes } : {}),
      ...(isPresent(message.data) ? { data: message.data } : {}),
      messageId: message.messageId,
      message_id: message.messageId,
      ...(isPresent(message.orderingKey) ? { orderingKey: message.orderingKey } : {}),
      publishTime: message.publishTime,
      publish_time: message.publishTime,
    },
    subscription,
    ...(deliveryAttempt === undefined ? {} : { deliveryAttempt }),
  };
}

const isPresent = (text: string | undefined): boolean => text !== undefined && text !== '';

const hasEntries = (attributes: PubsubMessage['attributes']): boolean => Object.keys(attributes ?? {}).length > 0;
