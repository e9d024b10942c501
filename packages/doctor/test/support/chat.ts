import { BOT, runChat } from '@innkeeper/local-stack/stand-ins/rocketchat/testing/running-chat';
import { Secret } from '@innkeeper/shared/config/secret';
import { chatAdministration } from '@innkeeper/sync-app/rocketchat/chat-administration';
import { wantedIntegration } from '@innkeeper/sync-app/rocketchat/plan-chat';

const ADMIN = { userId: 'adminUserId000001', authToken: 'secret-of-rocketchat' };
const WEBHOOK_TOKEN = 'secret-of-the-integration';

/** A Rocket.Chat as `pnpm rocketchat set-up` leaves it. */
export async function startChat(questionsUrl: string) {
  const chat = await runChat();
  await chat.control('POST', 'rate-limit', { enabled: false, exemptBots: false });
  await chat.control('PUT', `users/${ADMIN.userId}`, {
    username: 'ada',
    name: 'Ada',
    roles: ['admin'],
    authToken: ADMIN.authToken,
  });
  const authToken = new Secret(ADMIN.authToken);
  const administration = chatAdministration({ fetch, url: chat.url(), userId: ADMIN.userId, authToken });
  const token = new Secret(WEBHOOK_TOKEN);
  const settings = wantedIntegration({ botUsername: BOT.username, questionsUrl, webhookToken: token });
  const integrate = async (enabled: boolean, id?: string): Promise<void> => {
    const put = await administration.putIntegration({ ...settings, enabled }, token, id);
    if (!put.ok) throw new Error(put.error.detail);
  };
  for (const done of [
    await administration.giveRole(BOT.username),
    await administration.setPermission('api-bypass-rate-limit', ['bot']),
    await administration.setPermission('create-personal-access-tokens', ['bot']),
  ]) {
    if (!done.ok) throw new Error(done.error.detail);
  }
  await integrate(true);
  return {
    url: () => chat.url(),
    /** Somebody switches the integration off, or on again. */
    async switchIntegration(enabled: boolean): Promise<void> {
      const known = await administration.read(BOT.username);
      await integrate(enabled, known.ok ? known.value.integrations[0]?.id : undefined);
    },
    environment: {
      ROCKETCHAT_ADMIN_USER_ID: ADMIN.userId,
      ROCKETCHAT_ADMIN_AUTH_TOKEN: ADMIN.authToken,
      ROCKETCHAT_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    },
    close: () => chat.close(),
  };
}
