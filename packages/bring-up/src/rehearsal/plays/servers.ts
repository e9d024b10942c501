import type { House } from '../house/open-house.ts';
import type { Rule } from './play.ts';

const ANSIBLE = 'playbook and addresses are found and nothing is run: ./dev check renders and tries every role';
const CHAT = 'the real command on the stand-in of Rocket.Chat';

/** An administrator of the chat, as the first person who signs in becomes one. */
const ADMINISTRATOR = { id: 'administratorOne1', authToken: 'token-of-the-administrator' } as const;

async function control(house: House, path: string, body: object): Promise<void> {
  const reply = await fetch(`${house.stack().components.rocketchat.url}/_control/${path}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`The chat did not take ${path}: ${reply.status}`);
}

async function becomeAdministrator(house: House): Promise<void> {
  const { id, authToken } = ADMINISTRATOR;
  await control(house, `users/${id}`, { username: 'ada', name: 'Ada', roles: ['admin'], authToken });
}

/** Google's databases and topics are emulators, and programs that are none of Node's find no invented names. */
async function sayWhereEmulatorsAre(house: House): Promise<void> {
  const { components, endpoints } = house.stack();
  const variables = {
    FIRESTORE_EMULATOR_HOST: components.firestore.host,
    PUBSUB_EMULATOR_HOST: components.pubsub.host,
    FIRESTORE_DATABASE: components.firestore.database,
    FIRESTORE_OPS_DATABASE: components.firestore.opsDatabase,
    METADATA_SERVER_DETECTION: 'none',
    VAULT_URL: components.vault.url,
    BACKUP_LAUNCH_URL: endpoints.backupLaunch.url,
  };
  const exports = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'`);
  await house.terminal.type(exports.join('; '));
}

async function noteIds(house: House): Promise<void> {
  const { files } = house;
  const { botUserId, botUsername } = house.stack().endpoints.rocketchatQuestion;
  await files.settings(settings => ({
    ...settings,
    bot: { ...(settings['bot'] as object), userId: botUserId, username: botUsername },
  }));
  await files.terraform(values => ({ ...values, deployed: { ...(values['deployed'] as object), swarm: true } }));
}

/** The Swarm and its chat. */
export const SERVERS: readonly Rule[] = [
  [
    /^(?:docker login|for name in .*docker buildx build) /u,
    { how: 'not_here', note: 'needs Docker’s engine and a registry' },
  ],
  [/ssh-keyscan /u, { how: 'not_here', note: 'there are no servers to ask' }],
  [/^\(cd ansible && .*ansible-playbook /u, { how: 'stand_in', note: ANSIBLE }],
  [
    /^\.\/dev deploy --env ENV --only ansible$/u,
    {
      how: 'stand_in',
      note: `${ANSIBLE}; then the chat is asked for real: the local stack’s`,
      before: async house => {
        if (!house.hasStack()) await house.startStack();
      },
    },
  ],
  [
    /^eval "\$\(\.\/dev bring-up --env ENV --exports\)"$/u,
    { how: 'real', note: 'then addresses of emulators are exported over it', after: sayWhereEmulatorsAre },
  ],
  [
    /^read -r ROCKETCHAT_ADMIN_USER_ID /u,
    {
      how: 'real',
      note: 'an administrator is made by hand',
      before: becomeAdministrator,
      stdin: () => `${ADMINISTRATOR.id}\n`,
    },
  ],
  [
    /^read -rs ROCKETCHAT_ADMIN_AUTH_TOKEN /u,
    { how: 'real', note: 'an invented value is typed', stdin: () => `${ADMINISTRATOR.authToken}\n` },
  ],
  [
    /^read -rs ROCKETCHAT_BOT_PASSWORD /u,
    { how: 'real', note: 'an invented value is typed', stdin: () => 'password-of-the-bot\n' },
  ],
  [/^\.\/dev rocketchat (?:set-up|verify)$/u, { how: 'stand_in', note: CHAT }],
  [
    /^\.\/dev secrets set rocketchat-auth-token /u,
    {
      how: 'stand_in',
      note: 'the bot’s token is the one that the local stack made',
      stdin: house => house.stack().components.rocketchat.authToken,
    },
  ],
  [
    /^git add --all && git commit --message "The assistant of ENV"$/u,
    { how: 'real', note: 'ids are written down by hand', before: noteIds },
  ],
];
