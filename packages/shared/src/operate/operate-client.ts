import type * as z from 'zod/mini';
import { exchangeJson, type JsonReply } from '../adapters/http/exchange-json.ts';
import type { Fetch } from '../adapters/http/limit-reply.ts';
import type { Secret } from '../config/secret.ts';
import { OperateProblem, type OperateRequest, type OperateResponse, operateCalls } from '../contracts/operate.ts';
import { err, ok, type Result } from '../result/result.ts';

/**
 * A webhook Worker as its operator speaks to it (`contracts/operate.ts`): one method for each call. What goes wrong has a
 * name, one sentence, and what a person does next. I/O: `fetch`.
 */
export interface OperateClient {
  state(): Promise<Answer<OperateResponse<'state'>>>;
  startJobs(
    order: z.input<(typeof operateCalls)['start-jobs']['request']>,
  ): Promise<Answer<OperateResponse<'start-jobs'>>>;
  cancelJob(order: OperateRequest<'cancel-job'>): Promise<Answer<OperateResponse<'cancel-job'>>>;
  replay(order: OperateRequest<'replay'>): Promise<Answer<OperateResponse<'replay'>>>;
  mark(order: OperateRequest<'mark'>): Promise<Answer<OperateResponse<'mark'>>>;
  token(): Promise<Answer<OperateResponse<'token'>>>;
  subscription(order: OperateRequest<'subscription'>): Promise<Answer<OperateResponse<'subscription'>>>;
}

type Answer<T> = Result<T, OperateError>;

export interface OperateError {
  readonly kind:
    | 'unreachable'
    | 'timeout'
    | 'unauthorised'
    /** The Worker knows no such thing. */
    | 'unknown'
    /** The Worker says no; asking again does not help. */
    | 'refused'
    /** Something behind the Worker is away. */
    | 'unavailable'
    /** Not the contract's form: another release, or no Worker at all. */
    | 'unreadable';
  /** The Worker's own snake_case fact, where it gave one. */
  readonly reason?: string;
  readonly detail: string;
  readonly nextStep: string;
}

export interface OperateClientOptions {
  /** `https://guesty.example.com`, without a path. */
  readonly origin: string;
  readonly token: Secret;
  readonly fetch: Fetch;
  readonly timeoutMs?: number;
}

/** A subscription is made with a few calls of the vendor's, whose secret may take seconds to be there. */
const ANSWER_MS_MAX = 30_000;
/** A state lists jobs with fifty examples each. */
const REPLY_BYTES_MAX = 1024 * 1024;

export function createOperateClient(options: OperateClientOptions): OperateClient {
  const call = caller(options);
  return {
    state: () => call('state', operateCalls.state, {}),
    startJobs: order => call('start-jobs', operateCalls['start-jobs'], order),
    cancelJob: order => call('cancel-job', operateCalls['cancel-job'], order),
    replay: order => call('replay', operateCalls.replay, order),
    mark: order => call('mark', operateCalls.mark, order),
    token: () => call('token', operateCalls.token, {}),
    subscription: order => call('subscription', operateCalls.subscription, order),
  };
}

function caller({ origin, token, fetch, timeoutMs = ANSWER_MS_MAX }: OperateClientOptions) {
  return async <Asked extends z.ZodMiniType, Answered extends z.ZodMiniType>(
    name: string,
    forms: { readonly request: Asked; readonly response: Answered },
    order: z.input<Asked>,
  ): Promise<Answer<z.output<Answered>>> => {
    const reply = await exchangeJson({
      fetch,
      url: `${origin}/operate/${name}`,
      method: 'POST',
      headers: { authorization: `Bearer ${token.reveal()}` },
      body: order,
      timeoutMs,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err(silence(origin, reply.error.kind));
    if (reply.value.status !== 200) return err(refusal(origin, reply.value));
    const answered = forms.response.safeParse(reply.value.json);
    return answered.success ? ok(answered.data) : err(unreadable(origin, 'its answer has another form'));
  };
}

function silence(origin: string, kind: 'timeout' | 'unreachable' | 'too_large'): OperateError {
  switch (kind) {
    case 'too_large':
      return unreadable(origin, 'its answer is too long');
    case 'timeout':
      return {
        kind,
        detail: `${origin} did not answer in time.`,
        nextStep: 'It may have done it: look with the command’s own listing, then ask again.',
      };
    case 'unreachable':
      return { kind, detail: `${origin} cannot be reached.`, nextStep: 'Check the address and that the Worker runs.' };
  }
}

const unreadable = (origin: string, why: string): OperateError => ({
  kind: 'unreadable',
  detail: `${origin} is not a webhook Worker of this release: ${why}.`,
  nextStep: 'Check the address, and deploy the Worker and this command from the same release.',
});

const REFUSALS: Readonly<Record<number, Pick<OperateError, 'kind' | 'nextStep'>>> = {
  401: { kind: 'unauthorised', nextStep: 'OPERATOR_TOKEN must be one of the Worker’s OPERATOR_TOKENS.' },
  404: { kind: 'unknown', nextStep: 'See what there is with the command’s own listing.' },
  409: { kind: 'refused', nextStep: 'Change what is asked for.' },
  503: { kind: 'unavailable', nextStep: 'Ask again in a minute.' },
};

function refusal(origin: string, { status, json }: JsonReply): OperateError {
  const problem = OperateProblem.safeParse(json);
  const known = REFUSALS[status];
  if (!problem.success || known === undefined) return unreadable(origin, `it answered ${status}`);
  const { reason, detail } = problem.data.error;
  return { ...known, reason, detail: `${origin}: ${detail} (${reason}).` };
}
