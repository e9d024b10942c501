import { setTimeout as pause } from 'node:timers/promises';
import type { PhoneRegion } from '@innkeeper/shared/adapters/phone/e164';
import { rocketChatTeamChat } from '@innkeeper/shared/adapters/rocketchat/rocketchat-team-chat';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { TeamChat } from '@innkeeper/shared/ports/team-chat';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { beginAudited, mintActId } from '../audit/audit-log.ts';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import { EraseConfig } from '../config.ts';
import { type Stores, withStores } from '../connect/connect-stores.ts';
import { awaitIndex, type IndexCheck } from './await-index.ts';
import { confirmGuest } from './confirm.ts';
import { describeCandidates, describeErased, describeSurvey, erasedFacts, surveyFacts } from './describe-erasure.ts';
import { type Erased, erasePerson, type Survey, survey } from './erase-person.ts';
import { findCandidates, findGuest } from './find-guest.ts';
import type { EraseOrder } from './read-erase-order.ts';

/** `pnpm erase`: finds, shows, and with --yes erases; who did that is in the audit. I/O: both databases, Rocket.Chat. */
export function performErase(order: EraseOrder, context: CommandContext): Promise<ExitCode> {
  const config = parseConfig('erase', EraseConfig, context.environment);
  return withStores(config, stores => erase(order, context, config, stores));
}

async function erase(
  order: EraseOrder,
  context: CommandContext,
  config: EraseConfig,
  stores: Stores,
): Promise<ExitCode> {
  const { whom } = order;
  const region = config.PHONE_REGION_DEFAULT;
  if ('words' in whom) {
    const candidates = await findCandidates(stores.business, whom, region);
    if (!candidates.ok) return fail(context, candidates.error);
    context.out.write(`${order.json ? JSON.stringify(candidates.value) : describeCandidates(candidates.value)}\n`);
    return 0;
  }
  const guestId = await findGuest(stores.business, whom);
  if (!guestId.ok) return fail(context, guestId.error);
  const ports = { ...stores, region, now: () => Date.now() };
  const surveyed = await survey(ports, guestId.value);
  if (!surveyed.ok) return fail(context, surveyed.error);
  if (!order.yes) {
    const { value } = surveyed;
    context.out.write(
      order.json
        ? `${JSON.stringify(surveyFacts(value))}\n`
        : `${describeSurvey(value)}\n\nNothing was changed. Add --yes to erase.\n`,
    );
    return 0;
  }
  if (!order.json) context.out.write(`${describeSurvey(surveyed.value)}\n\n`);
  if (!(await confirmGuest(guestId.value, process.stdin, process.stderr))) return fail(context, 'Nothing was changed.');
  return actAudited(order, context, { ...ports, chat: chatOf(config) }, guestId.value, surveyed.value);
}

type Ports = Stores & { readonly now: () => number; readonly region: PhoneRegion | undefined; readonly chat: TeamChat };

async function actAudited(
  order: EraseOrder,
  context: CommandContext,
  ports: Ports,
  guestId: string,
  begun: Survey,
): Promise<ExitCode> {
  const clock = (): Date => new Date();
  const audited = await beginAudited(
    ports.ops,
    {
      command: 'erase',
      id: mintActId(clock()),
      by: order.as ?? context.user,
      order: { order: begun.orderId, eventPayloadsInBucket: begun.traces.r2Keys },
    },
    clock,
  );
  if (!audited.ok) return fail(context, audited.error);
  const storing = { store: ports.business, random: Math.random, wait: pause };
  const erased = await erasePerson({ ...ports, ...storing }, guestId, begun);
  if (!erased.ok) {
    await audited.value.end('failed', {});
    return fail(context, `${erased.error}\nWhat is done stays done: repeat the command.`);
  }
  const ended = await audited.value.end('done', { ...erased.value.done });
  if (!ended.ok) context.err.write(`${ended.error}\n`);
  const index = await followed(order, ports, erased.value);
  if (!index.ok) return fail(context, index.error);
  const said = order.json
    ? JSON.stringify(erasedFacts(begun, erased.value, index.value))
    : describeErased(erased.value, index.value);
  context.out.write(`${said}\n`);
  return (index.value?.behind.length ?? 0) === 0 && ended.ok ? 0 : 1;
}

/** `undefined`: nobody asked to wait. */
async function followed(
  { waitSeconds }: EraseOrder,
  { business, now }: Ports,
  { indexed }: Erased,
): Promise<Result<IndexCheck | undefined, string>> {
  if (waitSeconds === 0) return ok(undefined);
  return awaitIndex({ store: business, now, pause, waitMs: waitSeconds * 1000 }, indexed);
}

const chatOf = (config: EraseConfig): TeamChat =>
  rocketChatTeamChat({
    fetch: (...call) => fetch(...call),
    url: config.ROCKETCHAT_URL,
    userId: config.ROCKETCHAT_USER_ID,
    authToken: config.ROCKETCHAT_AUTH_TOKEN,
  });

function fail({ err }: CommandContext, sentence: string): ExitCode {
  err.write(`${sentence}\n`);
  return 1;
}
