import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { controlWebhooks } from '../control-webhooks.ts';
import { type DeliveryOutcome, deliverWebhook, deliveryUrl } from '../deliver-webhook.ts';
import type { DocumentTable } from '../document-table.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { aircallError, pageOfRows } from './aircall-pages.ts';
import type { AircallWebhook } from './aircall-shapes.ts';
import { ALL_AIRCALL_EVENTS } from './aircall-webhook-events.ts';

/**
 * Aircall's webhooks: each with a token of its own that is shown in clear text and sent in every body, switched off after
 * failures in a row, subscribed to everything by a change that names no events. Under `/_control/webhooks` a test is the
 * vendor's other side: it delivers events and deletes or changes a webhook by hand.
 */
export interface AircallWebhooks {
  answer(request: StandInRequest, id: string | undefined): StandInReply;
  control(request: StandInRequest): Promise<StandInReply> | StandInReply;
}

const Change = z.object({
  url: z.url().optional(),
  active: z.boolean().optional(),
  events: z.array(z.string()).optional(),
  events_action: z.enum(['add', 'remove']).optional(),
});

const Delivery = z.strictObject({
  event: z.string(),
  data: z.record(z.string(), z.unknown()).default({}),
  /** Where the webhooks' addresses are reachable, if not at their own origin. */
  origin: z.url().optional(),
});

const ChangeByHand = z.strictObject({ events: z.array(z.string()), active: z.boolean() }).partial();

const WEBHOOKS_MAX = 100; // of a company
/** The strictest of the figures Aircall gives. */
const FAILURES_MAX = 10;

export function aircallWebhooks(table: DocumentTable<AircallWebhook>, now: () => number): AircallWebhooks {
  const failures = new Map<string, number>();

  const answer = (request: StandInRequest, id: string | undefined): StandInReply => {
    const existing = id === undefined ? undefined : table.get(id);
    if (id !== undefined && existing === undefined) return aircallError(404, 'Not Found', 'no such webhook');
    switch (request.method) {
      case 'GET':
        return existing === undefined
          ? pageOfRows('webhooks', table.all(), request.url)
          : { status: 200, body: { webhook: existing } };
      case 'DELETE':
        if (existing === undefined) return aircallError(404, 'Not Found', 'no such webhook');
        table.delete(existing.webhook_id);
        return { status: 204 };
      case 'POST':
      case 'PUT':
        return save(request, existing);
      default:
        return aircallError(405, 'Method Not Allowed', 'use GET, POST, PUT or DELETE');
    }
  };

  const save = (request: StandInRequest, existing: AircallWebhook | undefined): StandInReply => {
    const change = Change.safeParse(parseJson(request.body));
    if (!change.success) return aircallError(400, 'Invalid request', z.prettifyError(change.error));
    const { url = existing?.url, active = true, events, events_action } = change.data;
    if (url === undefined) return aircallError(400, 'Invalid request', 'url is required');
    if (existing === undefined && table.all().length >= WEBHOOKS_MAX) {
      return aircallError(400, 'Invalid request', `a company has ${WEBHOOKS_MAX} webhooks at most`);
    }
    const base = existing ?? newWebhook(url, now());
    const webhook = { ...base, url, active, events: eventsAfter(base.events, events, events_action) };
    table.put(webhook.webhook_id, webhook);
    return { status: existing === undefined ? 201 : 200, body: { webhook } };
  };

  const deliver = ({ event, data, origin }: z.infer<typeof Delivery>): Promise<DeliveryOutcome[]> => {
    const timestamp = Math.floor(now() / 1000);
    const receivers = table.all().filter(webhook => webhook.active && webhook.events.includes(event));
    return Promise.all(
      receivers.map(async ({ webhook_id, url }) => {
        const outcome = await deliverWebhook(url, () => {
          const webhook = table.get(webhook_id);
          if (webhook === undefined || !webhook.active) return undefined;
          const body = { resource: event.split('.')[0], event, timestamp, token: webhook.token, data };
          return { url: deliveryUrl(url, origin), headers: {}, body: JSON.stringify(body) };
        });
        countFailures(webhook_id, outcome);
        return outcome;
      }),
    );
  };

  /** So many failed attempts in a row switch a webhook off. */
  const countFailures = (id: string, { status, attempts }: DeliveryOutcome): void => {
    const failed = status >= 200 && status < 300 ? 0 : (failures.get(id) ?? 0) + attempts;
    failures.set(id, failed);
    const webhook = table.get(id);
    if (webhook !== undefined && failed >= FAILURES_MAX) table.put(id, { ...webhook, active: false });
  };

  const control = (request: StandInRequest): Promise<StandInReply> | StandInReply =>
    controlWebhooks(
      {
        table,
        delivery: Delivery,
        deliver,
        change: ChangeByHand,
        changed: (webhook, { events, active }) => ({
          ...webhook,
          events: events ?? webhook.events,
          active: active ?? webhook.active,
        }),
      },
      request,
    );

  return { answer, control };
}

function eventsAfter(
  before: readonly string[],
  events: string[] | undefined,
  action: 'add' | 'remove' | undefined,
): string[] {
  if (events === undefined) return [...ALL_AIRCALL_EVENTS];
  if (action === 'add') return [...new Set([...before, ...events])];
  return action === 'remove' ? before.filter(event => !events.includes(event)) : events;
}

function newWebhook(url: string, nowMs: number): AircallWebhook {
  const webhook_id = randomUUID();
  return {
    webhook_id,
    direct_link: `https://api.aircall.io/v1/webhooks/${webhook_id}`,
    created_at: new Date(nowMs).toISOString(),
    url,
    active: true,
    events: [],
    token: randomBytes(16).toString('hex'),
  };
}
