import type { Log } from '@innkeeper/shared/log/log';
import type { Completion, CompletionRequest, LanguageModel, ModelError } from '@innkeeper/shared/ports/language-model';
import { err, type Result } from '@innkeeper/shared/result/result';
import type { Booking, TokenLimits, TokenRequest } from './token-limits.ts';

/**
 * The language model as one person may use it today. Above the limit it is unavailable, and code answers. I/O: the
 * booking, and the model.
 */
export interface TokenBooks {
  book(request: TokenRequest, limits: TokenLimits): Promise<Booking>;
  correct(id: number, tokens: number): Promise<void>;
}

export interface AllowedModelPorts {
  readonly model: LanguageModel;
  readonly books: TokenBooks;
  readonly limits: TokenLimits;
  readonly person: string;
  readonly now: () => number;
  readonly log: Log;
}

export interface AllowedModel extends LanguageModel {
  /** Whose limit the last call met; undefined when it met none. */
  usedUpBy(): 'person' | 'everybody' | undefined;
}

/** A token of a Latin script is about four characters, of others down to one: in bytes, three is never far below. */
const BYTES_PER_TOKEN = 3;
/** The schema and the roles around it. */
const TOKENS_AROUND = 400;

export function allowedModel({ model, books, limits, person, now, log }: AllowedModelPorts): AllowedModel {
  let usedUp: 'person' | 'everybody' | undefined;

  const correct = async (id: number, tokens: number): Promise<void> => {
    try {
      await books.correct(id, tokens);
    } catch (error) {
      log.warn('tokens.not_corrected', { reason: nameOf(error) }); // they stay booked at the most it may have been
    }
  };

  return {
    ...model,
    usedUpBy: () => usedUp,
    async complete<T>(request: CompletionRequest<T>): Promise<Result<Completion<T>, ModelError>> {
      let booking: Booking;
      try {
        booking = await books.book({ person, tokens: tokensAtMost(request) }, limits);
      } catch (error) {
        // Without the books nobody knows what was spent, and code answers as well.
        log.warn('tokens.not_booked', { reason: nameOf(error) });
        return err({ kind: 'unavailable', detail: 'the books of tokens could not be reached' });
      }
      if (booking.kind === 'used_up') {
        usedUp = booking.by;
        const retryAfterMs = booking.until - now();
        return err({ kind: 'unavailable', detail: `the tokens of ${booking.by} are used up`, retryAfterMs });
      }
      usedUp = undefined;
      const completed = await model.complete(request);
      if (completed.ok) await correct(booking.id, completed.value.tokensIn + completed.value.tokensOut);
      // A call that was refused used none; what one used that ended otherwise, nobody told.
      else if (completed.error.kind === 'unavailable' || completed.error.kind === 'misconfigured') {
        await correct(booking.id, 0);
      }
      return completed;
    },
  };
}

const tokensAtMost = ({ system, user, maxTokens }: CompletionRequest<unknown>): number =>
  Math.ceil(new TextEncoder().encode(system + user).length / BYTES_PER_TOKEN) + TOKENS_AROUND + maxTokens;

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : 'unknown');
