import type { Secret } from '@innkeeper/shared/config/secret';

/** How Rocket.Chat has to be configured for the assistant, and what is missing. Pure. */
export interface WantedChat {
  readonly botUsername: string;
  /** Where the outgoing integration delivers, and the token in its body. */
  readonly questionsUrl: string;
  readonly webhookToken: Secret;
}

export interface KnownChat {
  readonly bot: { readonly id: string; readonly roles: readonly string[]; readonly active: boolean } | undefined;
  /** Roles that have each permission. */
  readonly rolesOf: ReadonlyMap<string, readonly string[]>;
  /** Outgoing integrations for the event `sendMessage`. */
  readonly integrations: readonly KnownIntegration[];
}

export interface KnownIntegration extends IntegrationSettings {
  readonly id: string;
  readonly token: string;
}

export interface IntegrationSettings {
  readonly name: string;
  readonly enabled: boolean;
  readonly username: string;
  readonly urls: readonly string[];
  readonly channels: readonly string[];
  readonly triggerWords: readonly string[];
  readonly scriptEnabled: boolean;
  readonly runOnEdits: boolean;
  readonly retryFailedCalls: boolean;
  readonly retryCount: number;
  readonly retryDelay: string;
}

export type Step =
  | { readonly kind: 'create_bot' }
  | { readonly kind: 'give_bot_its_role' }
  | { readonly kind: 'give_permission'; readonly permission: BotPermission; readonly roles: readonly string[] }
  | { readonly kind: 'create_integration' }
  | { readonly kind: 'update_integration'; readonly id: string; readonly different: readonly string[] };

export interface Plan {
  readonly steps: readonly Step[];
  /** What only a person can decide. */
  readonly problems: readonly string[];
}

export const BOT_ROLE = 'bot';
/** What the bot's role has to be allowed, and why; a new server gives it the first and not the second. */
const BOT_PERMISSIONS = {
  'api-bypass-rate-limit': 'without it ten calls a minute are the limit',
  'create-personal-access-tokens': 'without it the bot cannot make its token',
} as const;
export type BotPermission = keyof typeof BOT_PERMISSIONS;
const INTEGRATION_NAME = 'Innkeeper';

/** What Rocket.Chat's own form begins with: six more tries, the last some three hours later. */
const RETRIES = { retryFailedCalls: true, retryCount: 6, retryDelay: 'powers-of-ten' } as const;

/**
 * The Worker itself drops what nobody asked: that is reviewed configuration, this is not. Of direct messages only those
 * that the bot is in: with `all_direct_messages` every word between two colleagues would leave the server.
 */
export const wantedIntegration = ({ botUsername, questionsUrl }: WantedChat): IntegrationSettings => ({
  name: INTEGRATION_NAME,
  enabled: true,
  username: botUsername,
  urls: [questionsUrl],
  channels: ['all_public_channels', 'all_private_groups', `@${botUsername}`],
  triggerWords: [],
  scriptEnabled: false,
  runOnEdits: true,
  ...RETRIES,
});

export function planChat(wanted: WantedChat, { bot, rolesOf, integrations }: KnownChat): Plan {
  const [ours, ...doubles] = integrations.filter(
    ({ name, urls }) => name === INTEGRATION_NAME || urls.includes(wanted.questionsUrl),
  );
  return {
    steps: [
      ...botSteps(bot),
      ...permissionSteps(rolesOf),
      ...(ours === undefined ? [{ kind: 'create_integration' } as const] : integrationSteps(wanted, ours)),
    ],
    problems: [
      ...(bot?.active === false ? ['The bot is deactivated. Somebody did that: find out why, then activate it.'] : []),
      ...(doubles.length === 0
        ? []
        : [`There are ${doubles.length} more integrations like it, so every question comes twice. Remove them.`]),
    ],
  };
}

function botSteps(bot: KnownChat['bot']): Step[] {
  if (bot === undefined) return [{ kind: 'create_bot' }];
  return bot.roles.includes(BOT_ROLE) ? [] : [{ kind: 'give_bot_its_role' }];
}

function permissionSteps(rolesOf: KnownChat['rolesOf']): Step[] {
  return (Object.keys(BOT_PERMISSIONS) as BotPermission[])
    .map(permission => ({ permission, roles: rolesOf.get(permission) ?? [] }))
    .filter(({ roles }) => !roles.includes(BOT_ROLE))
    .map(({ permission, roles }) => ({ kind: 'give_permission', permission, roles: [...roles, BOT_ROLE] }));
}

function integrationSteps(wanted: WantedChat, known: KnownIntegration): Step[] {
  const settings = Object.entries(wantedIntegration(wanted)) as [keyof IntegrationSettings, unknown][];
  const different = [
    ...settings.filter(([name, value]) => !isSame(value, known[name])).map(([name]) => name),
    ...(known.token === wanted.webhookToken.reveal() ? [] : ['token']),
  ];
  return different.length === 0 ? [] : [{ kind: 'update_integration', id: known.id, different }];
}

/** Lists in any order. */
const isSame = (wanted: unknown, known: unknown): boolean => inOrder(wanted) === inOrder(known);
const inOrder = (value: unknown): string =>
  JSON.stringify(
    Array.isArray(value) ? value.map(String).toSorted((one, other) => one.localeCompare(other, 'en')) : value,
  );

/** `would create the bot innkeeper with the role bot`. */
export function describeStep(step: Step, { botUsername }: WantedChat): string {
  switch (step.kind) {
    case 'create_bot':
      return `create the user ${botUsername} with the role ${BOT_ROLE}`;
    case 'give_bot_its_role':
      return `give ${botUsername} the role ${BOT_ROLE}`;
    case 'give_permission':
      return `give the role ${BOT_ROLE} the permission ${step.permission}: ${BOT_PERMISSIONS[step.permission]}`;
    case 'create_integration':
      return `create the outgoing integration ${INTEGRATION_NAME}`;
    case 'update_integration':
      return `put right of the outgoing integration ${INTEGRATION_NAME}: ${step.different.join(', ')}`;
  }
}
