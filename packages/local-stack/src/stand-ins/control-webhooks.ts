import type * as z from 'zod';
import { answerControl } from './answer-control.ts';
import type { DeliveryOutcome } from './deliver-webhook.ts';
import type { DocumentTable } from './document-table.ts';
import { parseJson, type StandInReply, type StandInRequest } from './stand-in-server.ts';

/**
 * What a test does as the vendor's other side, under `/_control/webhooks`: lists webhooks, delivers an event to them
 * (`POST deliver`), and deletes or changes one by hand. Changing one that is gone changes nothing.
 */
export interface WebhookControl<Webhook, Delivery, Change> {
  readonly table: DocumentTable<Webhook>;
  readonly delivery: z.ZodType<Delivery>;
  readonly deliver: (delivery: Delivery) => Promise<DeliveryOutcome[]>;
  readonly change: z.ZodType<Change>;
  readonly changed: (webhook: Webhook, change: Change) => Webhook;
}

export function controlWebhooks<Webhook, Delivery, Change>(
  { table, delivery, deliver, change, changed }: WebhookControl<Webhook, Delivery, Change>,
  request: StandInRequest,
): Promise<StandInReply> | StandInReply {
  const target = webhookTarget(request);
  const json = parseJson(request.body);
  const webhook = table.get(target);
  switch (`${request.method} ${webhook === undefined ? target : ':id'}`) {
    case 'POST deliver':
      return answerControl(delivery, json, async wanted => ({ deliveries: await deliver(wanted) }));
    case 'GET ':
      return { status: 200, body: { webhooks: table.all() } };
    case 'DELETE :id':
      table.delete(target);
      return { status: 200, body: { ok: true } };
    case 'PATCH :id':
      return answerControl(change, json, wanted => {
        if (webhook !== undefined) table.put(target, changed(webhook, wanted));
        return undefined;
      });
    default:
      return { status: 404, body: { error: 'no such control' } };
  }
}

/** The last part of `/_control/webhooks/<target>`: a webhook's id, or what to do. */
export const webhookTarget = ({ url }: StandInRequest): string => decodeURIComponent(url.pathname.split('/')[3] ?? '');
