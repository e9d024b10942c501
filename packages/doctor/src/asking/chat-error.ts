import type { ChatError } from '@innkeeper/shared/ports/team-chat';
import type { AskError } from './ask-error.ts';

/** Rocket.Chat’s failure as an answer that was not given. Pure. */
export function askChatError({ kind }: ChatError): AskError {
  switch (kind) {
    case 'denied':
      return { kind: 'refused', detail: 'refuses the administrator’s token' };
    case 'unavailable':
      return { kind: 'vendor_failed', detail: 'gives no answer that can be read' };
    case 'not_found':
      return { kind: 'missing', detail: 'is not at that address' };
    case 'refused':
      return { kind: 'unreadable', detail: 'does not take the question' };
  }
}
