import type * as z from 'zod/mini';
import type { Secret } from '../config/secret.ts';
import {
  type OperateCall,
  type OperateProblem,
  type OperateRequest,
  type OperateResponse,
  operateCalls,
} from '../contracts/operate.ts';
import { matchesAny } from '../http-edge/constant-time-equal.ts';
import { receivePost } from '../http-edge/json-post-edge.ts';
import { parseJsonObject } from '../http-edge/parse-json-object.ts';
import { BODY_TIMEOUT_MS } from '../http-edge/read-body.ts';
import { type Refusal, refusalAnswers } from '../http-edge/refusal.ts';
import type { Log } from '../log/log.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { OperateFailure } from './operate-failure.ts';

/**
 * The operator's edge of a Worker, `POST /operate/<call>` (`contracts/operate.ts`): nobody without a token learns anything,
 * what goes in and out has the contract's form, and each call is logged by name and outcome. I/O: the handlers.
 */
export interface OperateEdge {
  /** Any of them lets in: two while a token is changed. */
  readonly tokens: readonly Secret[];
  readonly handlers: OperateHandlers;
  readonly log: Log;
}

export type OperateHandlers = {
  readonly [Call in OperateCall]: (
    request: OperateRequest<Call>,
  ) => Promise<Result<OperateResponse<Call>, OperateFailure>>;
};

export const OPERATE_PATH = '/operate/';

/** The largest call names a hundred events; an id has at most 256 characters. */
const BODY_BYTES_MAX = 64 * 1024;

interface Refused {
  readonly status: number;
  readonly reason: string;
  readonly detail: string;
}

/** Answers for every path below `OPERATE_PATH`. */
export function createOperateEdge(edge: OperateEdge): (request: Request) => Promise<Response> {
  const { handlers, log } = edge;
  const routes: Readonly<Record<string, Route>> = {
    state: route(operateCalls.state, handlers.state),
    'start-jobs': route(operateCalls['start-jobs'], handlers['start-jobs']),
    'cancel-job': route(operateCalls['cancel-job'], handlers['cancel-job']),
    replay: route(operateCalls.replay, handlers.replay),
    mark: route(operateCalls.mark, handlers.mark),
    token: route(operateCalls.token, handlers.token),
    subscription: route(operateCalls.subscription, handlers.subscription),
  } satisfies Record<OperateCall, Route>;

  return async request => {
    const call = new URL(request.url).pathname.slice(OPERATE_PATH.length);
    const known = Object.hasOwn(routes, call);
    const answered = await answer(edge, request, known ? routes[call] : undefined);
    // The name of a call that is none is a stranger's text.
    const fields = { call: known ? call : 'unknown', outcome: answered.ok ? 'done' : answered.error.reason };
    if (answered.ok) log.info('operate.answered', fields);
    else log.warn('operate.refused', fields);
    return answered.ok ? reply(200, answered.value) : refuse(answered.error);
  };
}

async function answer(
  edge: OperateEdge,
  request: Request,
  route: Route | undefined,
): Promise<Result<unknown, Refused>> {
  if (!(await isOperator(request, edge.tokens))) return err(refusalOf('unauthorised'));
  if (route === undefined) return err(refusalOf('path_unknown'));
  const post = await receivePost(request, { bodyBytesMax: BODY_BYTES_MAX, bodyTimeoutMs: BODY_TIMEOUT_MS });
  if (!post.ok) return err(refusalOf(post.error));
  const json = parseJsonObject(post.value.body);
  return json.ok ? route(json.value) : err(refusalOf(json.error));
}

const BEARER = /^bearer (.+)$/iu;

async function isOperator(request: Request, tokens: readonly Secret[]): Promise<boolean> {
  const token = BEARER.exec(request.headers.get('authorization') ?? '')?.[1];
  const accepted = tokens.map(known => known.reveal());
  return token !== undefined && matchesAny(token, accepted);
}

/** One call with its forms: JSON in, what is to be answered out. */
type Route = (json: unknown) => Promise<Result<unknown, Refused>>;

function route<Request extends z.ZodMiniType, Response extends z.ZodMiniType>(
  forms: { readonly request: Request; readonly response: Response },
  handle: (request: z.output<Request>) => Promise<Result<z.output<Response>, OperateFailure>>,
): Route {
  return async json => {
    const asked = forms.request.safeParse(json);
    if (!asked.success) return err({ status: 400, reason: 'request_invalid', detail: whereWrong(asked.error) });
    const done = await handle(asked.data);
    if (!done.ok) return err({ status: STATUS[done.error.kind], reason: done.error.reason, detail: done.error.detail });
    // Nothing beyond the contract leaves the Worker, whatever an object of another release answers.
    const answered = forms.response.safeParse(done.value);
    return answered.success
      ? ok(answered.data)
      : err({ status: 500, reason: 'answer_invalid', detail: whereWrong(answered.error) });
  };
}

const STATUS = { unavailable: 503, refused: 409, unknown: 404 } as const satisfies Record<
  OperateFailure['kind'],
  number
>;

const refusalOf = (reason: Refusal): Refused => {
  const { status, text } = refusalAnswers[reason];
  return { status, reason, detail: text };
};

/** Paths of fields and what was expected there; no value. */
const whereWrong = (error: z.core.$ZodError): string =>
  error.issues.map(issue => `${issue.path.join('.') || 'body'}: ${issue.code}`).join(', ');

const ALLOW_BY_STATUS: Readonly<Record<number, Record<string, string>>> = {
  401: { 'www-authenticate': 'Bearer' },
  405: { allow: 'POST' },
  503: { 'retry-after': '5' },
};

const refuse = ({ status, reason, detail }: Refused): Response =>
  reply(status, { error: { reason, detail } } satisfies OperateProblem, ALLOW_BY_STATUS[status]);

const reply = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json(body, { status, headers: { 'cache-control': 'no-store', ...headers } });
