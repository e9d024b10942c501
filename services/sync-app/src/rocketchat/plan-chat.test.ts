import { Secret } from '@innkeeper/shared/config/secret';
import { describe, expect, test } from 'vitest';
import { describeStep, type KnownChat, planChat, type WantedChat, wantedIntegration } from './plan-chat.ts';

const wanted: WantedChat = {
  botUsername: 'innkeeper',
  questionsUrl: 'https://llm-query.example.com/webhooks/rocketchat',
  webhookToken: new Secret('the-token'),
};
const integration = { ...wantedIntegration(wanted), id: 'i1', token: 'the-token' };
const well: KnownChat = {
  bot: { id: 'b1', roles: ['bot'], active: true },
  rolesOf: new Map([
    ['api-bypass-rate-limit', ['admin', 'bot', 'app']],
    ['create-personal-access-tokens', ['admin', 'user', 'bot']],
  ]),
  integrations: [integration],
};

describe('what Rocket.Chat lacks for the assistant', () => {
  test('nothing, where everything is as it should be', () => {
    const shuffled = { ...integration, channels: integration.channels.toReversed() };
    expect(planChat(wanted, { ...well, integrations: [shuffled] })).toEqual({ steps: [], problems: [] });
  });

  test('everything, on a new server', () => {
    const rolesOf = new Map([['create-personal-access-tokens', ['admin', 'user']]]);
    const { steps } = planChat(wanted, { bot: undefined, rolesOf, integrations: [] });
    expect(steps).toEqual([
      { kind: 'create_bot' },
      { kind: 'give_permission', permission: 'api-bypass-rate-limit', roles: ['bot'] },
      { kind: 'give_permission', permission: 'create-personal-access-tokens', roles: ['admin', 'user', 'bot'] },
      { kind: 'create_integration' },
    ]);
    expect(steps.map(step => describeStep(step, wanted)).join('\n')).toContain('cannot make its token');
  });

  test('the role alone, where the user is there', () => {
    const known = { ...well, bot: { id: 'b1', roles: ['user'], active: true } };
    expect(planChat(wanted, known).steps).toEqual([{ kind: 'give_bot_its_role' }]);
  });

  test.each([
    [{ enabled: false }, 'enabled'],
    [{ urls: ['https://old.example.com'] }, 'urls'],
    [{ retryFailedCalls: false, retryCount: 4 }, 'retryFailedCalls, retryCount'],
    [{ channels: ['#general'] }, 'channels'],
    // Every direct message between two colleagues would leave the server.
    [{ channels: ['all_public_channels', 'all_private_groups', 'all_direct_messages'] }, 'channels'],
    [{ token: 'another' }, 'token'],
  ])('%j of the integration', (changed, different) => {
    const { steps } = planChat(wanted, { ...well, integrations: [{ ...integration, ...changed }] });
    const said = steps.map(step => describeStep(step, wanted)).join('\n');
    expect(said).toContain(different);
    expect(said).not.toContain('another');
  });

  test("others' integrations are left alone, a double is told", () => {
    const other = { ...integration, id: 'i2', name: 'Weather', urls: ['https://weather.example.com'] };
    expect(planChat(wanted, { ...well, integrations: [other, integration] })).toEqual({ steps: [], problems: [] });
    const { problems } = planChat(wanted, { ...well, integrations: [integration, { ...integration, id: 'i3' }] });
    expect(problems.join()).toContain('every question comes twice');
  });

  test('a bot somebody deactivated is left to a person', () => {
    const { steps, problems } = planChat(wanted, { ...well, bot: { id: 'b1', roles: ['bot'], active: false } });
    expect(steps).toEqual([]);
    expect(problems.join()).toContain('deactivated');
  });
});
