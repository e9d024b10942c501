import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Clock } from '../clock.ts';
import type { AssistantIdentity } from '../meaning/meaning.ts';
import type { RaiseAlert } from '../status/raise-alert.ts';
import type { OfferQuestion } from './offer-question.ts';
import type { QuestionSource } from './question-source.ts';

/** What watching over questions needs. */
export interface QuestionWatch {
  readonly source: QuestionSource;
  /** `(default)`: an answered question is `interactions/<message id>`. */
  readonly interactions: DocumentStore;
  /** `ops`: the watermark. */
  readonly operations: DocumentStore;
  readonly offer: OfferQuestion;
  readonly assistant: AssistantIdentity;
  readonly clock: Clock;
  readonly log: Log;
  readonly alert: RaiseAlert;
  readonly signal: AbortSignal;
}

/** A round could not be finished: its rest is done in the next. */
export interface RoundTrouble {
  readonly kind: 'mongodb' | 'store' | 'assistant';
  readonly detail: string;
}

/** What one process remembers between rounds; all but the watermark may be lost at any time. */
export interface RoundMemory {
  /** Up to here everything is settled. */
  settledUpTo?: Date;
  /** What of it is stored. */
  storedUpTo?: Date;
  /** Settled beyond the watermark, because an earlier question is not. */
  readonly settledAhead: Set<string>;
  /** Times that a question was refused, by message id. */
  readonly refusals: Map<string, number>;
}

export const emptyRoundMemory = (): RoundMemory => ({ settledAhead: new Set(), refusals: new Map() });
