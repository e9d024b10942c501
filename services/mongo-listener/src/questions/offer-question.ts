import { exchangeJson } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { QuestionBody } from './asked-question.ts';

/** Hands a question to the assistant as Rocket.Chat would have. `ok` means it is kept, or none of its business. */
export type OfferQuestion = (body: QuestionBody) => Promise<Result<void, OfferError>>;

export type OfferError =
  /** Down, slow or overloaded: may work later. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** Address or token are wrong, whatever is asked: an operator must act. */
  | { readonly kind: 'denied'; readonly detail: string }
  /** This question is not taken. */
  | { readonly kind: 'refused'; readonly detail: string };

/** The assistant answers once the question is stored, before any work. */
const TIMEOUT_MS = 10_000;
/** It answers `{}` or one sentence. */
const REPLY_BYTES_MAX = 16 * 1024;

export function offerOverWebhook(webhook: {
  readonly fetch: Fetch;
  readonly url: string;
  readonly token: Secret;
}): OfferQuestion {
  return async body => {
    const reply = await exchangeJson({
      fetch: webhook.fetch,
      url: webhook.url,
      method: 'POST',
      headers: {},
      body: { token: webhook.token.reveal(), ...body },
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err({ kind: 'unavailable', detail: reply.error.kind });
    const { status } = reply.value;
    const detail = `status ${status}`;
    if (status >= 200 && status < 300) return ok(undefined);
    if (status === 401 || status === 403 || status === 404 || status === 405 || status < 400) {
      return err({ kind: 'denied', detail });
    }
    return err({ kind: status >= 500 || status === 408 || status === 429 ? 'unavailable' : 'refused', detail });
  };
}
