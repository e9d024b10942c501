import { type JsonObject, objectAt, type Vendor } from './vendor.ts';

/** The description is of February 2026; each patch is a change that is live since. */
export const hetzner: Vendor = {
  output: 'hetzner.json',
  licence: 'MIT (repository; the text is derived from the description Hetzner publishes)',
  files: [
    {
      name: 'hetzner-cloud.json',
      from:
        'https://github.com/MaximilianKoestler/hcloud-openapi, openapi/hcloud.json at ' +
        '5f93a6da71d38a8290f6e7542978a274187268ef',
      operations: [
        'GET /servers',
        'POST /servers',
        'GET /servers/{id}',
        'DELETE /servers/{id}',
        'GET /server_types',
        'GET /locations',
        'GET /images',
        'GET /images/{id}',
        'PUT /images/{id}',
        'DELETE /images/{id}',
        'POST /servers/{id}/actions/create_image',
        'POST /servers/{id}/actions/poweron',
        'POST /servers/{id}/actions/shutdown',
        'GET /actions',
        'GET /actions/{id}',
        'GET /pricing',
      ],
    },
  ],
  withReplies: true,
  patch(operations, definitions) {
    const create = operations['POST /servers']?.body;
    if (create !== undefined) {
      // Taken out in July 2026.
      delete objectAt(create, 'properties')?.['datacenter'];
      create['additionalProperties'] = false;
      // Ids may be sent as numbers.
      Object.assign(objectAt(create, 'properties', 'image') ?? {}, { type: ['string', 'integer'] });
    }
    for (const name of ['PUT /images/{id}', 'POST /servers/{id}/actions/create_image']) {
      Object.assign(operations[name]?.body ?? {}, { additionalProperties: false });
    }
    const server = definitions['server'] as JsonObject;
    delete objectAt(server, 'properties')?.['datacenter'];
    server['required'] = (server['required'] as string[]).filter(name => name !== 'datacenter');
    server['additionalProperties'] = false;
    // Since April 2026.
    const place = definitions['server_type_location'] as JsonObject;
    Object.assign(place['properties'] ?? {}, { available: { type: 'boolean' }, recommended: { type: 'boolean' } });
    (place['required'] as string[]).push('available', 'recommended');
    for (const { query } of Object.values(operations)) {
      // Said in the prose only.
      Object.assign(objectAt(query, 'properties', 'per_page') ?? {}, { minimum: 1, maximum: 50 });
      Object.assign(objectAt(query, 'properties', 'page') ?? {}, { minimum: 1 });
    }
  },
};
