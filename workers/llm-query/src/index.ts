import { ConfigError } from '@innkeeper/shared/config/parse-config';
import { nameVersion, type VersionBinding } from '@innkeeper/shared/http-edge/name-version';
import { answerRefusal } from '@innkeeper/shared/http-edge/refusal';
import { createLog } from '@innkeeper/shared/log/log';
import type { Briefings } from './briefing/briefings.ts';
import { BRIEFINGS_NAME } from './briefing/briefings.ts';
import type { Conversation, ConversationBindings } from './conversation/conversation.ts';
import { IN_WORK_NAME } from './conversation/questions-in-work.ts';
import { createQuestionEdge } from './handler.ts';
import type { Parts } from './ports-of-environment.ts';
import { portsOf } from './ports-of-environment.ts';
import { createStatusEdge } from './status.ts';

/** Entry of the Worker that answers questions asked in chat. Wires the edge to its conversations; decides nothing. */
export { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
export { Allowance } from './allowance/allowance.ts';
export { Briefings } from './briefing/briefings.ts';
export { Conversation } from './conversation/conversation.ts';
export { QuestionsInWork } from './conversation/questions-in-work.ts';
export { Outbox } from './outbox/outbox.ts';

export interface Environment extends ConversationBindings, VersionBinding {
  readonly CONVERSATION: DurableObjectNamespace<Conversation>;
  readonly BRIEFINGS: DurableObjectNamespace<Briefings>;
}

export default {
  async fetch(request, environment, context) {
    const parts = configured(environment);
    if (parts === undefined) return answerRefusal('not_accepted');
    const { config, log, modelCheck, now } = parts;
    context.waitUntil(modelCheck.once());
    const tokens = config.ROCKETCHAT_WEBHOOK_TOKENS;
    const answerStatus = createStatusEdge({
      tokens,
      summary: () => environment.QUESTIONS_IN_WORK.getByName(IN_WORK_NAME).summary(),
    });
    const answerQuestion = createQuestionEdge({
      tokens,
      addressing: {
        botUserId: config.ROCKETCHAT_USER_ID,
        botUsername: config.ROCKETCHAT_BOT_USERNAME,
        words: config.ASSISTANT_SCOPES.words,
      },
      offer: async (conversation, question) => {
        await environment.CONVERSATION.getByName(conversation).offer(question);
      },
      now,
      log,
    });
    return nameVersion((await answerStatus(request)) ?? (await answerQuestion(request)), environment);
  },
  async scheduled(_event, environment) {
    if (configured(environment) !== undefined) await environment.BRIEFINGS.getByName(BRIEFINGS_NAME).round();
  },
} satisfies ExportedHandler<Environment>;

/** With a variable missing nothing can be accepted, and Rocket.Chat asks again only after a 503. */
function configured(environment: Environment): Parts | undefined {
  try {
    return portsOf(environment);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    createLog('llm-query').error('configuration.refused', { problems: error.message });
    return undefined;
  }
}
