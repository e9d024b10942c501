import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';

/** What a source change means downstream. Exactly one of three: said on, of no interest, or not understood. */
export type Meaning =
  | { readonly kind: 'change'; readonly change: ChatChange }
  /** Counted under its reason, never stored. */
  | { readonly kind: 'ignored'; readonly reason: string }
  /**
   * Shown to a person. `detail` names fields and types, never contents. `change`, said on as well, takes back what was
   * known of the thing: nobody may go by what it said before.
   */
  | { readonly kind: 'parked'; readonly reason: string; readonly detail: string; readonly change?: ChatChange };

/** Who the assistant is in this Rocket.Chat: its own words and questions to it are no evidence. */
export interface AssistantIdentity {
  readonly userId: string;
  readonly username: string;
  /** Words that start a question, e.g. `!query`. */
  readonly words: readonly string[];
}
