import * as z from 'zod';
import { openDatabase } from '../document-table.ts';
import { type RateDecision, requestRate } from '../request-rate.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';
import { aircallError, inWindow, pageOfRows } from './aircall-pages.ts';
import { AircallCall, AircallContact, AircallWebhook } from './aircall-shapes.ts';
import { answerAircallWebhooks } from './aircall-webhooks.ts';

/**
 * Aircall's REST API as far as calls are back-filled from it: calls, contacts, webhooks, rate limit. The world is put in
 * under `/_control` in the vendor's own shape and is durable.
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
  const webhooks = database.table('webhooks', row => AircallWebhook.parse(row));
  const rate = requestRate([RATE], now);
  const credentials = `Basic ${Buffer.from(`${options.apiId}:${options.apiToken}`).toString('base64')}`;
  let isRateLimited = true;

  const callApi = (request: StandInRequest): StandInReply => {
    const authorization = request.headers['authorization'];
    if (authorization === undefined) return aircallError(401, 'Unauthorized', 'authentication is missing');
    if (authorization !== credentials) return aircallError(403, 'Forbidden', 'credentials are wrong');
    const decision = rate.take();
    if (isRateLimited && decision.exceeded !== undefined) {
      return { ...aircallError(429, 'Too Many Requests', 'slow down'), headers: rateHeaders(decision, now()) };
    }
    const [, , collection = '', id] = request.url.pathname.split('/').map(decodeURIComponent);
    if (collection === 'webhooks') return answerAircallWebhooks(webhooks, request, id, now);
    return request.method === 'GET'
      ? read(collection, id, request.url)
      : aircallError(405, 'Method Not Allowed', 'only GET here');
  };

  const read = (collection: string, id: string | undefined, url: URL): StandInReply => {
    switch (collection) {
      case 'ping':
        return { status: 200, body: { ping: 'pong' } };
      case 'calls': {
        const shown = (call: AircallCall) => callView(call, url.searchParams.get('fetch_contact') === 'true');
        if (id !== undefined) return one('call', calls.get(id), shown);
        return pageOfRows('calls', inWindow(calls.all(), url.searchParams, call => call.started_at).map(shown), url);
      }
      case 'contacts':
        if (id !== undefined) return one('contact', contacts.get(id), contact => contact);
        return pageOfRows('contacts', inWindow(contacts.all(), url.searchParams, createdSeconds), url);
      default:
        return aircallError(404, 'Not Found', 'no such route');
    }
  };

  const control = (request: StandInRequest): StandInReply => {
    const [, , kind = '', id = ''] = request.url.pathname.split('/').map(decodeURIComponent);
    const json = parseJson(request.body);
    switch (`${request.method} ${kind}`) {
      case 'PUT calls':
        return putChecked(AircallCall, json, row => calls.put(id, row));
      case 'PUT contacts':
        return putChecked(AircallContact, json, row => contacts.put(id, row));
      case 'POST limits':
        return putChecked(Limits, json, limits => {
          isRateLimited = limits.rate;
        });
      default:
        return { status: 404, body: { error: 'no such control' } };
    }
  };

  const answer = (request: StandInRequest): StandInReply => {
    const { pathname } = request.url;
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

/** In the REST API the contact of a call is there only for those who ask for it. */
const callView = (call: AircallCall, withContact: boolean): object => (withContact ? call : { ...call, contact: null });

function one<T extends object>(key: string, row: T | undefined, view: (row: T) => object): StandInReply {
  return row === undefined
    ? aircallError(404, 'Not Found', `no such ${key}`)
    : { status: 200, body: { [key]: view(row) } };
}

const createdSeconds = ({ created_at }: AircallContact): number =>
  typeof created_at === 'number' ? created_at : Date.parse(created_at ?? '1970-01-01') / 1000;

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
