import type { JsonError } from './parse-json-object.ts';
import type { BodyError } from './read-body.ts';

/** Every way a public edge turns a request away. The texts are fixed: a prober learns nothing from them. Pure. */
export type Refusal =
  | BodyError
  | JsonError
  | 'path_unknown'
  | 'method_not_allowed'
  | 'content_type_unsupported'
  /** Wrong or missing token or signature. */
  | 'unauthorised'
  /** No durable store accepted it: the sender is asked to try again. */
  | 'not_accepted';

interface PublicAnswer {
  readonly status: number;
  readonly text: string;
}

/** Status and text of each. */
export const refusalAnswers: Readonly<Record<Refusal, PublicAnswer>> = {
  path_unknown: { status: 404, text: 'not found' },
  method_not_allowed: { status: 405, text: 'method not allowed' },
  content_type_unsupported: { status: 415, text: 'content type must be application/json' },
  body_too_large: { status: 413, text: 'body too large' },
  body_timed_out: { status: 408, text: 'body not complete in time' },
  body_cut_short: { status: 400, text: 'body not complete' },
  not_json: { status: 400, text: 'not JSON' },
  not_an_object: { status: 400, text: 'not a JSON object' },
  nested_too_deep: { status: 400, text: 'nested too deep' },
  unauthorised: { status: 401, text: 'unauthorised' },
  not_accepted: { status: 503, text: 'try again later' },
};

/** The answer a sender sees. `allow` names the method of the path for a 405. */
export function answerRefusal(reason: Refusal, allow = 'POST'): Response {
  const { status, text } = refusalAnswers[reason];
  return Response.json(
    { error: text },
    {
      status,
      headers: {
        'cache-control': 'no-store',
        ...(reason === 'method_not_allowed' ? { allow } : {}),
        ...(reason === 'not_accepted' ? { 'retry-after': '30' } : {}),
      },
    },
  );
}
