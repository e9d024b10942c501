import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { ChatError } from '@innkeeper/shared/ports/team-chat';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { performAudited } from '../audit/perform-audited.ts';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import { FirestoreConfig, NewBotConfig, RocketChatConfig } from '../config.ts';
import { type ChatAdministration, chatAdministration, type NewBot } from './chat-administration.ts';
import { describeStep, type Plan, planChat, type Step, type WantedChat, wantedIntegration } from './plan-chat.ts';
import type { RocketChatOrder } from './read-rocketchat-order.ts';

/** `pnpm rocketchat`: looks, changes what differs, and looks again. I/O: Rocket.Chat, the audit in Firestore. */
export async function performRocketChat(order: RocketChatOrder, context: CommandContext): Promise<ExitCode> {
  const config = parseConfig('rocketchat', RocketChatConfig, context.environment);
  const wanted: WantedChat = {
    botUsername: config.ROCKETCHAT_BOT_USERNAME,
    questionsUrl: config.QUESTIONS_URL,
    webhookToken: config.ROCKETCHAT_WEBHOOK_TOKEN,
  };
  const administration = chatAdministration({
    fetch,
    url: config.ROCKETCHAT_URL,
    userId: config.ROCKETCHAT_ADMIN_USER_ID,
    authToken: config.ROCKETCHAT_ADMIN_AUTH_TOKEN,
  });
  const known = await administration.read(wanted.botUsername);
  if (!known.ok) return tellError(known.error, context);
  const plan = planChat(wanted, known.value);
  if (order.action === 'verify' || plan.steps.length === 0) return tell(plan, [], wanted, order, context);
  return setUp(administration, wanted, plan, order, context);
}

async function setUp(
  administration: ChatAdministration,
  wanted: WantedChat,
  { steps }: Plan,
  order: RocketChatOrder,
  context: CommandContext,
): Promise<ExitCode> {
  const { environment } = context;
  const makesBot = steps.some(({ kind }) => kind === 'create_bot');
  const newBot = makesBot ? parseConfig('rocketchat', NewBotConfig, environment) : undefined;
  const bot = newBot && {
    username: wanted.botUsername,
    email: newBot.ROCKETCHAT_BOT_EMAIL,
    password: newBot.ROCKETCHAT_BOT_PASSWORD,
  };
  const done = await performAudited(parseConfig('rocketchat', FirestoreConfig, environment), context, {
    command: 'rocketchat-set-up',
    as: order.as,
    order: { steps: steps.map(({ kind }) => kind) },
    act: async () => {
      const value = await takeSteps(administration, wanted, steps, bot);
      return { value, outcome: value.ok ? 'done' : 'failed', facts: { steps: steps.length } };
    },
  });
  if (done === undefined) return 1;
  if (!done.ok) return tellError(done.error, context);
  // What Rocket.Chat accepted and did not keep is found here.
  const known = await administration.read(wanted.botUsername);
  if (!known.ok) return tellError(known.error, context);
  return tell(planChat(wanted, known.value), steps, wanted, order, context);
}

async function takeSteps(
  administration: ChatAdministration,
  wanted: WantedChat,
  steps: readonly Step[],
  bot: NewBot | undefined,
): Promise<Result<void, ChatError>> {
  for (const step of steps) {
    const taken = await takeStep(administration, wanted, step, bot);
    if (!taken.ok) return taken;
  }
  return ok(undefined);
}

function takeStep(
  administration: ChatAdministration,
  wanted: WantedChat,
  step: Step,
  bot: NewBot | undefined,
): Promise<Result<void, ChatError>> {
  switch (step.kind) {
    case 'create_bot':
      return bot === undefined
        ? Promise.resolve(err({ kind: 'refused', detail: 'nothing is known of the bot to be made' }))
        : administration.createBot(bot);
    case 'give_bot_its_role':
      return administration.giveRole(wanted.botUsername);
    case 'give_permission':
      return administration.setPermission(step.permission, step.roles);
    case 'create_integration':
      return administration.putIntegration(wantedIntegration(wanted), wanted.webhookToken);
    case 'update_integration':
      return administration.putIntegration(wantedIntegration(wanted), wanted.webhookToken, step.id);
  }
}

function tell(
  { steps, problems }: Plan,
  done: readonly Step[],
  wanted: WantedChat,
  { json }: RocketChatOrder,
  { out }: CommandContext,
): ExitCode {
  const missing = steps.map(step => describeStep(step, wanted));
  const did = done.map(step => describeStep(step, wanted));
  const isWell = missing.length === 0 && problems.length === 0;
  const lines = [
    ...did.map(sentence => `Done: ${sentence}.`),
    ...missing.map(sentence => `Missing: ${sentence}.`),
    ...problems,
    isWell ? '✓ Rocket.Chat is as the assistant needs it.' : '✗ Put it right: pnpm rocketchat set-up.',
  ];
  out.write(json ? `${JSON.stringify({ isWell, did, missing, problems }, undefined, 2)}\n` : `${lines.join('\n')}\n`);
  return isWell ? 0 : 1;
}

const ADVICE: Readonly<Record<ChatError['kind'], string>> = {
  denied: 'ROCKETCHAT_ADMIN_USER_ID and ROCKETCHAT_ADMIN_AUTH_TOKEN have to be an administrator’s.',
  not_found: 'Look whether ROCKETCHAT_URL is the right address.',
  refused: 'Rocket.Chat does not take this; its version may be another one.',
  unavailable: 'Try again when Rocket.Chat answers; what was done stays done.',
};

function tellError({ kind, detail }: ChatError, { err: output }: CommandContext): ExitCode {
  output.write(`Rocket.Chat: ${detail}. ${ADVICE[kind]}\n`);
  return 1;
}
