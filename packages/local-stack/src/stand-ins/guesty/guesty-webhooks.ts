import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { DocumentTable } from '../document-table.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { guestyError } from './guesty-replies.ts';
import type { GuestyWebhook } from './guesty-shapes.ts';

/** Subscriptions to webhooks and their signing secrets, one for each address. */
const Subscription = z.object({ url: z.url(), events: z.array(z.string()).min(1) });

/** Refused since they have successors. */
const LEGACY_EVENTS: Readonly<Record<string, string>> = {
  'reservation.new': 'reservation.created.v2',
  'reservation.updated': 'reservation.updated.v2',
};

const ACCOUNT_ID = '69aa0000000000000000acc0';

export function answerWebhooks(
  table: DocumentTable<GuestyWebhook>,
  request: StandInRequest,
  path: string,
): StandInReply {
  const [collection, id] = path.split('/').filter(part => part !== '');
  if (collection === 'webhooks-v2') return showSecret(table, request);
  const existing = id === undefined ? undefined : table.get(id);
  if (id !== undefined && existing === undefined) return guestyError(404, 'NOT_FOUND', 'webhook not found');
  switch (request.method) {
    case 'GET':
      return { status: 200, body: existing === undefined ? table.all().map(view) : view(existing) };
    case 'DELETE':
      if (existing === undefined) return guestyError(404, 'NOT_FOUND', 'webhook not found');
      table.delete(existing._id);
      return { status: 204 };
    case 'POST':
    case 'PUT':
      return save(table, request, existing);
    default:
      return guestyError(405, 'METHOD_NOT_ALLOWED', 'method not allowed');
  }
}

function save(table: DocumentTable<GuestyWebhook>, request: StandInRequest, existing?: GuestyWebhook): StandInReply {
  const parsed = Subscription.safeParse(parseJson(request.body));
  if (!parsed.success) return guestyError(400, 'INVALID_REQUEST', 'url and events are required');
  const { url, events } = parsed.data;
  for (const event of events) {
    const successor = LEGACY_EVENTS[event];
    if (successor !== undefined) return guestyError(400, 'INVALID_REQUEST', `${event} is replaced by ${successor}`);
  }
  if (existing !== undefined && existing.url !== url) {
    return guestyError(400, 'INVALID_REQUEST', 'the url of a webhook cannot be changed');
  }
  const webhook = existing ?? {
    _id: randomBytes(12).toString('hex'),
    accountId: ACCOUNT_ID,
    url,
    events,
    secret: `whsec_${randomBytes(24).toString('base64')}`,
  };
  table.put(webhook._id, { ...webhook, events });
  return { status: 200, body: view({ ...webhook, events }) };
}

function showSecret(table: DocumentTable<GuestyWebhook>, request: StandInRequest): StandInReply {
  const url = request.url.searchParams.get('url');
  const webhook = table.all().find(candidate => candidate.url === url);
  if (request.url.pathname !== '/v1/webhooks-v2/secret' || webhook === undefined) {
    return guestyError(404, 'NOT_FOUND', 'webhook not found');
  }
  return { status: 200, body: { key: webhook.secret } };
}

function view(webhook: GuestyWebhook): Omit<GuestyWebhook, 'secret'> {
  const { secret: _, ...shown } = webhook;
  return shown;
}
