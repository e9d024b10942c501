import { randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { DocumentTable } from '../document-table.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { aircallError } from './aircall-pages.ts';
import type { AircallWebhook } from './aircall-shapes.ts';

/** Webhooks and their tokens. A change that names no events subscribes to all of them, as with the real one. */
const Change = z.object({
  url: z.url().optional(),
  active: z.boolean().optional(),
  events: z.array(z.string()).optional(),
  events_action: z.enum(['add', 'remove']).optional(),
});

const ALL_EVENTS = [
  ...[
    'created',
    'ringing_on_agent',
    'answered',
    'hungup',
    'ended',
    'voicemail_left',
    'assigned',
    'archived',
    'tagged',
  ].map(name => `call.${name}`),
  ...['untagged', 'commented', 'transferred', 'comm_assets_generated'].map(name => `call.${name}`),
  ...['created', 'updated', 'deleted'].map(name => `contact.${name}`),
  ...['sent', 'received', 'status_updated'].map(name => `message.${name}`),
];

export function answerAircallWebhooks(
  table: DocumentTable<AircallWebhook>,
  request: StandInRequest,
  id: string | undefined,
  now: () => number,
): StandInReply {
  const existing = id === undefined ? undefined : table.get(id);
  if (id !== undefined && existing === undefined) return aircallError(404, 'Not Found', 'no such webhook');
  switch (request.method) {
    case 'GET':
      return { status: 200, body: existing === undefined ? { webhooks: table.all() } : { webhook: existing } };
    case 'DELETE':
      if (existing === undefined) return aircallError(404, 'Not Found', 'no such webhook');
      table.delete(existing.webhook_id);
      return { status: 204 };
    case 'POST':
    case 'PUT': {
      const change = Change.safeParse(parseJson(request.body));
      if (!change.success) return aircallError(400, 'Invalid request', z.prettifyError(change.error));
      const { url = existing?.url, active = true, events, events_action } = change.data;
      if (url === undefined) return aircallError(400, 'Invalid request', 'url is required');
      const base = existing ?? newWebhook(url, now());
      const webhook = { ...base, url, active, events: eventsAfter(base.events, events, events_action) };
      table.put(webhook.webhook_id, webhook);
      return { status: existing === undefined ? 201 : 200, body: { webhook } };
    }
    default:
      return aircallError(405, 'Method Not Allowed', 'use GET, POST, PUT or DELETE');
  }
}

function eventsAfter(
  before: readonly string[],
  events: string[] | undefined,
  action: 'add' | 'remove' | undefined,
): string[] {
  if (events === undefined) return ALL_EVENTS;
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
