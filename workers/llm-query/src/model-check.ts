import { checkModelsServed } from '@innkeeper/shared/adapters/groq/check-models-served';
import type { GroqVariables } from '@innkeeper/shared/adapters/groq/groq-variables';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import type { Log } from '@innkeeper/shared/log/log';

/**
 * Tells the operator at the first request of an isolate, not at the first free question, that a configured model is not
 * served or that its key is refused. I/O: one request per isolate, again only while the vendor could not be asked.
 */
export interface ModelCheck {
  /** For `waitUntil`: nobody waits for it, and it never fails. */
  readonly once: () => Promise<void>;
}

const TIMEOUT_MS = 5_000; // a list of some twenty models; nobody waits for it

export function createModelCheck(variables: GroqVariables, { fetch, log }: { fetch: Fetch; log: Log }): ModelCheck {
  let isDone = false;
  return {
    async once() {
      if (isDone) return;
      isDone = true;
      const served = await checkModelsServed(variables, { fetch, timeoutMs: TIMEOUT_MS });
      if (served.ok) return;
      const { kind, detail } = served.error;
      if (kind === 'misconfigured') log.error('model.not_served', { kind, detail });
      else isDone = false; // it may be served: a question will tell, and the next request asks again
    },
  };
}
