import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import * as z from 'zod';
import { answerControl } from '../answer-control.ts';
import { controlWebhooks, webhookTarget } from '../control-webhooks.ts';
import { type DeliveryOutcome, deliverWebhook, deliveryUrl } from '../deliver-webhook.ts';
import type { DocumentTable } from '../document-table.ts';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-in-server.ts';
import { guestyError } from './guesty-replies.ts';
import type { GuestyWebhook } from './guesty-shapes.ts';

/**
 * Subscriptions to webhooks as Guesty keeps them: the address is for good, each address has one signing secret, which
 * another route shows late, and deliveries are signed as Svix does. Under `/_control/webhooks` a test is the vendor's
 * other side: it delivers events, deletes or changes a subscription by hand, and chooses among the forms of answers seen.
 */
export interface GuestyWebhooks {
  /** `path` below `/v1`. */
  answer(request: StandInRequest, path: string): StandInReply;
  control(request: StandInRequest): Promise<StandInReply> | StandInReply;
}

const Subscription = z.object({ url: z.url(), events: z.array(z.string()).min(1) });

const Settings = z.strictObject({
  /** How long the secret of a subscription that is made from now on is answered with 404. */
  secretDelayMs: z.int().nonnegative().default(0),
  listAs: z.enum(['array', 'results', 'data']).default('array'),
  secretAs: z.enum(['key', 'secret']).default('key'),
  /** What a change is answered with: nothing, as has been seen, or the subscription, as documented. */
  changeAs: z.enum(['nothing', 'subscription']).default('nothing'),
});

const Delivery = z.strictObject({
  event: z.string(),
  /** The body besides `event`. */
  body: z.record(z.string(), z.unknown()).default({}),
  /** The id of the message; the same for every attempt and every subscription. */
  id: z.string().optional(),
  /** Where the subscriptions' addresses are reachable, if not at their own origin. */
  origin: z.url().optional(),
});

const ChangeByHand = z.strictObject({ events: z.array(z.string()), disabled: z.boolean() }).partial();

/** Refused since they have successors. */
const LEGACY_EVENTS: Readonly<Record<string, string>> = {
  'reservation.new': 'reservation.created.v2',
  'reservation.updated': 'reservation.updated.v2',
};

const ACCOUNT_ID = '69aa0000000000000000acc0';

export function guestyWebhooks(table: DocumentTable<GuestyWebhook>, now: () => number): GuestyWebhooks {
  let settings = Settings.parse({});

  const answer = (request: StandInRequest, path: string): StandInReply => {
    const [collection, id] = path.split('/').filter(part => part !== '');
    if (collection === 'webhooks-v2') return showSecret(request, path);
    const existing = id === undefined ? undefined : table.get(id);
    if (id !== undefined && existing === undefined) return guestyError(404, 'NOT_FOUND', 'webhook not found');
    switch (request.method) {
      case 'GET':
        return { status: 200, body: existing === undefined ? listed() : view(existing) };
      case 'DELETE':
        if (existing === undefined) return guestyError(404, 'NOT_FOUND', 'webhook not found');
        table.delete(existing._id);
        return { status: 204 };
      case 'POST':
      case 'PUT':
        return save(request, existing);
      default:
        return guestyError(405, 'METHOD_NOT_ALLOWED', 'method not allowed');
    }
  };

  const listed = (): unknown => {
    const all = table.all().map(view);
    return settings.listAs === 'array' ? all : { [settings.listAs]: all };
  };

  const save = (request: StandInRequest, existing: GuestyWebhook | undefined): StandInReply => {
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
      secret: at(url)?.secret ?? `whsec_${randomBytes(24).toString('base64')}`,
      secretShownAtMs: now() + settings.secretDelayMs,
    };
    table.put(webhook._id, { ...webhook, events });
    if (existing !== undefined && settings.changeAs === 'nothing') return { status: 204 };
    return { status: existing === undefined ? 201 : 200, body: view({ ...webhook, events }) };
  };

  const at = (url: string | null): GuestyWebhook | undefined => table.all().find(webhook => webhook.url === url);

  const showSecret = (request: StandInRequest, path: string): StandInReply => {
    const webhook = at(request.url.searchParams.get('url'));
    const isShown = webhook !== undefined && now() >= webhook.secretShownAtMs;
    if (path !== '/webhooks-v2/secret' || !isShown) return guestyError(404, 'NOT_FOUND', 'webhook not found');
    return { status: 200, body: { [settings.secretAs]: webhook.secret } };
  };

  /** To every subscription that has the event and is not disabled, as one message. */
  const deliver = (delivery: z.infer<typeof Delivery>): Promise<DeliveryOutcome[]> => {
    const { event, body, id = `msg_${randomUUID()}`, origin } = delivery;
    const text = JSON.stringify({ event, ...body });
    const receivers = table.all().filter(webhook => webhook.events.includes(event) && webhook.disabled !== true);
    return Promise.all(
      receivers.map(({ _id, url }) =>
        deliverWebhook(url, () => {
          const webhook = table.get(_id);
          if (webhook === undefined || webhook.disabled === true) return undefined;
          return { url: deliveryUrl(url, origin), body: text, headers: signed(id, text, webhook.secret, now()) };
        }),
      ),
    );
  };

  const control = (request: StandInRequest): Promise<StandInReply> | StandInReply => {
    if (request.method === 'POST' && webhookTarget(request) === 'settings') {
      return answerControl(Settings, parseJson(request.body), next => {
        settings = next;
        return undefined;
      });
    }
    return controlWebhooks(
      {
        table,
        delivery: Delivery,
        deliver,
        // Other events, or disabled after days of failures, which the API does not show.
        change: ChangeByHand,
        changed: (webhook, { events, disabled }) => {
          const changed = { ...webhook, events: events ?? webhook.events };
          return disabled === undefined ? changed : { ...changed, disabled };
        },
      },
      request,
    );
  };

  return { answer, control };
}

function view({ _id, accountId, url, events }: GuestyWebhook): object {
  return { _id, accountId, url, events };
}

/** Written from Svix's description; shares nothing with the product's verification. */
function signed(id: string, text: string, secret: string, nowMs: number): Record<string, string> {
  const seconds = String(Math.floor(nowMs / 1000));
  const key = Buffer.from(secret.replace(/^whsec_/u, ''), 'base64');
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${text}`).digest('base64');
  return { 'svix-id': id, 'svix-timestamp': seconds, 'svix-signature': `v1,${signature}` };
}
