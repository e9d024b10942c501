import { type JsonObject, objectAt, type Vendor } from './vendor.ts';

const ROCKET_CHAT = 'https://github.com/RocketChat/Rocket.Chat-Open-API at c9aec5ab1008b88aaf66f13f34f4fb74becb4b4a';

export const rocketchat: Vendor = {
  output: 'rocketchat.json',
  licence: 'none stated in the repository',
  files: [
    {
      name: 'rocketchat-messaging.yaml',
      from: `${ROCKET_CHAT}, messaging.yaml`,
      operations: [
        'POST /api/v1/chat.sendMessage',
        'POST /api/v1/chat.postMessage',
        'POST /api/v1/chat.update',
        'POST /api/v1/chat.delete',
        'POST /api/v1/chat.react',
        'GET /api/v1/chat.getMessage',
        'GET /api/v1/chat.getThreadMessages',
        'GET /api/v1/dm.history',
        'GET /api/v1/dm.messages',
        'POST /api/v1/dm.create',
        'POST /api/v1/dm.delete',
      ],
    },
    {
      name: 'rocketchat-rooms.yaml',
      from: `${ROCKET_CHAT}, rooms.yaml`,
      operations: [
        'GET /api/v1/rooms.info',
        'GET /api/v1/rooms.isMember',
        'GET /api/v1/channels.history',
        'GET /api/v1/channels.messages',
        'GET /api/v1/groups.history',
        'GET /api/v1/groups.messages',
        'POST /api/v1/channels.create',
        'POST /api/v1/channels.delete',
        'POST /api/v1/groups.create',
        'POST /api/v1/groups.delete',
      ],
    },
    {
      name: 'rocketchat-user-management.yaml',
      from: `${ROCKET_CHAT}, user-management.yaml`,
      operations: [
        'GET /api/v1/users.info',
        'POST /api/v1/users.create',
        'POST /api/v1/users.delete',
        'POST /api/v1/users.generatePersonalAccessToken',
        'GET /api/v1/permissions.listAll',
        'POST /api/v1/permissions.update',
        'POST /api/v1/roles.addUserToRole',
      ],
    },
    {
      name: 'rocketchat-authentication.yaml',
      from: `${ROCKET_CHAT}, authentication.yaml`,
      operations: ['POST /api/v1/login'],
    },
    {
      name: 'rocketchat-integrations.yaml',
      from: `${ROCKET_CHAT}, integrations.yaml`,
      operations: [
        'GET /api/v1/integrations.list',
        'POST /api/v1/integrations.create',
        'POST /api/v1/integrations.remove',
        'PUT /api/v1/integrations.update',
      ],
    },
  ],
  patch(operations) {
    for (const { body } of Object.values(operations)) {
      // The server's own schemas are closed, the published ones do not say so.
      for (const shape of [body, ...((body?.['oneOf'] as JsonObject[] | undefined) ?? [])]) {
        if (shape?.['properties'] !== undefined) shape['additionalProperties'] = false;
      }
    }
    // The published body asks for a `roleName` that it has no property for; the server takes the id.
    const role = operations['POST /api/v1/roles.addUserToRole']?.body;
    if (role !== undefined) role['required'] = ['roleId', 'username'];
    for (const operation of ['POST /api/v1/integrations.create', 'PUT /api/v1/integrations.update']) {
      // Fields of the form and of the server's own schema that the published one leaves out.
      Object.assign(objectAt(operations[operation]?.body, 'properties') ?? {}, {
        runOnEdits: { type: 'boolean' },
        retryFailedCalls: { type: 'boolean' },
        retryCount: { type: 'integer' },
        retryDelay: { type: 'string' },
        // Published as one text; the server's own schema (@rocket.chat/rest-typings 8.8.1) has a list of words.
        triggerWords: { type: 'array', items: { type: 'string', minLength: 1 } },
      });
    }
    const message = objectAt(operations['POST /api/v1/chat.sendMessage']?.body, 'properties', 'message');
    if (message !== undefined) {
      // `_id` is described in the prose only; `tshow` is a boolean.
      Object.assign(message['properties'] ?? {}, { _id: { type: 'string' }, tshow: { type: 'boolean' } });
      message['additionalProperties'] = false;
    }
    const remove = operations['POST /api/v1/chat.delete']?.body;
    if (remove !== undefined) remove['required'] = ['roomId', 'msgId']; // said in the prose only
    const member = operations['GET /api/v1/rooms.isMember']?.query;
    if (member !== undefined) {
      Object.assign(member['properties'] ?? {}, { username: { type: 'string' } }); // either of the two names a user
      member['required'] = ['roomId'];
      member['oneOf'] = [{ required: ['userId'] }, { required: ['username'] }];
    }
  },
};
