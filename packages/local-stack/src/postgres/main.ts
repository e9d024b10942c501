import * as z from 'zod';
import { sendJson, serveLocal } from '../http/serve-local.ts';
import { processVariables, runStandIn } from '../stand-ins/run-stand-in.ts';
import { startPostgres } from './start-postgres.ts';

const Config = z.object({
  ...processVariables,
  POSTGRES_PORT: z.coerce.number().int().min(1).max(65_535).describe('port of PostgreSQL; PORT is its health check'),
  POSTGRES_PASSWORD: z.string({ error: 'missing (password of the user keycloak)' }),
});

/**
 * Keycloak's database as a part of the local stack. When the server dies, so does this process, and both start anew.
 */
await runStandIn('postgres', Config, async config => {
  const postgres = await startPostgres({
    port: config.POSTGRES_PORT,
    stateDirectory: config.STATE_DIRECTORY,
    password: config.POSTGRES_PASSWORD,
  });
  postgres.ended.catch((error: unknown) => {
    console.error(
      JSON.stringify({ severity: 'ERROR', process: 'postgres', event: 'server.ended', error: String(error) }),
    );
    process.exit(1);
  });
  const control = await serveLocal({
    name: 'postgres',
    port: config.PORT,
    handle: async (request, response) => {
      if (`${request.method} ${request.url}` !== 'GET /_control/health') return sendJson(response, 404, {});
      return sendJson(response, 200, { ok: true, name: 'postgres', standIn: false, folder: postgres.folder });
    },
  });
  return {
    url: control.url,
    close: async () => {
      await control.close();
      await postgres.close();
    },
  };
});
