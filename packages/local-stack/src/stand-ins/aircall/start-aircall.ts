import * as z from 'zod';
import { openDatabase } from '../document-table.ts';
import { type RateDecision, requestRate } from '../request-rate.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { AircallInsight, insightKey, isInsightRoute, readInsight } from './aircall-insights.ts';
import { aircallError, inOrder, inWindow, pageOfRows } from './aircall-pages.ts';
import { AircallCall, AircallContact, AircallWebhook } from './aircall-shapes.ts';
import { aircallWebhooks } from './aircall-webhooks.ts';

/**
 * Aircall's REST API as far as calls are back-filled from it: calls with what is said about them, contacts, webhooks, rate
 * limit. The world is put in and taken out under `/_control` in the vendor's own shape, which delivers no webhook, and is
 * durable.
 */
export interface AircallOptions {
  readonly port: number;
  readonly stateDirectory: string;
  readonly apiId: string;
  readonly apiToken: string;
  readonly now?: () => number;
}

const RATE = { name: 'company', limit: 120, windowMs: 60_000 }; // of the current reference

const Limits = z.strictObject({ rate: z.boolean() });

export async function startAircall(options: AircallOptions): Promise<RunningStandIn> {
  const now = options.now ?? Date.now;
  const database = openDatabase(options.stateDirectory);
  const calls = database.table('calls', row => AircallCall.parse(row));
  const contacts = database.table('contacts', row => AircallContact.parse(row));
  const insights = database.table('insights', row => AircallInsight.parse(row));
  const webhooks = aircallWebhooks(
    database.table('webhooks', row => AircallWebhook.parse(row)),
    now,
  );
  const rate = requestRate([RATE], now);
  const credentials = `Basic ${Buffer.from(`${options.apiId}:${options.apiToken}`).toString('base64')}`;
  let isRateLimited = true;

  const callApi = (request: StandInRequest): StandInReply => {
    const authorization = request.headers['authorization'];
    if (authorization === undefined) return aircallError(401, 'Unauthorized', 'authentication is missing');
    if (authorization !== credentials) return aircallError(403, 'Forbidden', 'credentials are wrong');
    if (request.method !== 'GET' && request.headers['content-type'] !== 'application/json') {
      return aircallError(400, 'Bad Request', 'POST, PUT and DELETE must be of the content type application/json');
    }
    const decision = rate.take();
    if (isRateLimited && decision.exceeded !== undefined) {
      return { ...aircallError(429, 'Too Many Requests', 'slow down'), headers: rateHeaders(decision, now()) };
    }
    const [, , collection = '', id, part] = request.url.pathname.split('/').map(decodeURIComponent);
    if (collection === 'webhooks') return webhooks.answer(request, id);
    return request.method === 'GET'
      ? read(collection, id, part, request.url)
      : aircallError(405, 'Method Not Allowed', 'only GET here');
  };

  const read = (collection: string, id: string | undefined, part: string | undefined, url: URL): StandInReply => {
    if (part !== undefined) {
      if (collection !== 'calls' || id === undefined || !isInsightRoute(part))
        return aircallError(404, 'Not Found', 'no such route');
      return readInsight(insights.get(insightKey(id, part)), id, part);
    }
    switch (collection) {
      case 'ping':
        return { status: 200, body: { ping: 'pong' } };
      case 'calls': {
        const shown = (call: AircallCall) => callView(call, url.searchParams);
        if (id !== undefined) return one('call', calls.get(id), shown);
        return pageOfRows('calls', inWindow(calls.all(), url.searchParams, call => call.started_at).map(shown), url);
      }
      case 'contacts':
        if (id !== undefined) return one('contact', contacts.get(id), contact => contact);
        return url.searchParams.get('order_by') === 'updated_at'
          ? pageOfRows('contacts', inOrder(contacts.all(), url.searchParams, updatedSeconds), url)
          : pageOfRows('contacts', inWindow(contacts.all(), url.searchParams, createdSeconds), url);
      default:
        return aircallError(404, 'Not Found', 'no such route');
    }
  };

  const control = (request: StandInRequest): StandInReply => {
    const [, , kind = '', id = '', part = ''] = request.url.pathname.split('/').map(decodeURIComponent);
    const json = parseJson(request.body);
    if (kind === 'calls' && part !== '') return controlInsight(request.method, id, part, json);
    switch (`${request.method} ${kind}`) {
      case 'PUT calls':
        return putChecked(AircallCall, json, row => calls.put(id, row));
      case 'PUT contacts':
        return putChecked(AircallContact, json, row => contacts.put(id, row));
      case 'DELETE calls':
        return taken(calls.delete(id));
      case 'DELETE contacts':
        return taken(contacts.delete(id));
      case 'POST limits':
        return putChecked(Limits, json, limits => {
          isRateLimited = limits.rate;
        });
      default:
        return { status: 404, body: { error: 'no such control' } };
    }
  };

  const controlInsight = (method: string, callId: string, route: string, json: unknown): StandInReply => {
    if (!isInsightRoute(route)) return { status: 404, body: { error: 'no such control' } };
    const key = insightKey(callId, route);
    if (method === 'DELETE') return taken(insights.delete(key));
    return method === 'PUT'
      ? putChecked(AircallInsight, json, row => insights.put(key, row))
      : { status: 404, body: { error: 'no such control' } };
  };

  const answer = (request: StandInRequest): Promise<StandInReply> | StandInReply => {
    const { pathname } = request.url;
    if (pathname.startsWith('/_control/webhooks')) return webhooks.control(request);
    if (pathname.startsWith('/_control/')) return control(request);
    return pathname.startsWith('/v1/') ? callApi(request) : aircallError(404, 'Not Found', 'no such route');
  };

  const server = await startStandIn({ name: 'aircall', port: options.port, answer });
  return {
    url: server.url,
    async close() {
      await server.close();
      database.close();
    },
  };
}

/** In the REST API the contact of a call, and what was chosen in the menu, are there only for those who ask for them. */
function callView(call: AircallCall, asked: URLSearchParams): object {
  const { ivr_options_selected: chosen, ...rest } = call;
  const withContact = asked.get('fetch_contact') === 'true';
  const withTimeline = asked.get('fetch_call_timeline') === 'true' && chosen !== undefined;
  return {
    ...rest,
    contact: withContact ? call.contact : null,
    ...(withTimeline ? { ivr_options_selected: chosen } : {}),
  };
}

const taken = (wasThere: boolean): StandInReply =>
  wasThere ? { status: 200, body: { ok: true } } : { status: 404, body: { error: 'not there' } };

function one<T extends object>(key: string, row: T | undefined, view: (row: T) => object): StandInReply {
  return row === undefined
    ? aircallError(404, 'Not Found', `no such ${key}`)
    : { status: 200, body: { [key]: view(row) } };
}

const createdSeconds = ({ created_at }: AircallContact): number => secondsOf(created_at);
const updatedSeconds = ({ updated_at, created_at }: AircallContact): number => secondsOf(updated_at ?? created_at);
const secondsOf = (moment: number | string | undefined): number =>
  typeof moment === 'number' ? moment : Date.parse(moment ?? '1970-01-01') / 1000;

/** Only sent once limited; `Reset` is a moment in Unix seconds. */
const rateHeaders = ({ exceeded }: RateDecision, nowMs: number): Record<string, string> => ({
  'X-AircallApi-Limit': String(RATE.limit),
  'X-AircallApi-Remaining': '0',
  'X-AircallApi-Reset': String(Math.ceil((nowMs + (exceeded?.resetMs ?? 0)) / 1000)),
});

function putChecked<T>(schema: z.ZodType<T>, json: unknown, put: (row: T) => void): StandInReply {
  const parsed = schema.safeParse(json);
  if (!parsed.success) return { status: 400, body: { error: z.prettifyError(parsed.error) } };
  put(parsed.data);
  return { status: 200, body: { ok: true } };
}
