import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { type LocalServer, readBody, sendJson, serveLocal } from '../../http/serve-local.ts';
import { parseJson } from '../stand-in-server.ts';
import { MongoFaults } from './server/faults.ts';
import type { MongoStandIn } from './start-mongo.ts';

const Election = z.strictObject({ downMs: z.int().nonnegative().optional() });

/**
 * The stand-in's failures, switched over HTTP: `POST /_control/faults` with `MongoFaults`, and what happens at once
 * under `/_control/cut`, `/_control/elect` (`{downMs}`) and `/_control/forget-history`. `GET /_control/health` is open.
 */
export function startControl(mongo: MongoStandIn, port: number): Promise<LocalServer> {
  return serveLocal({ name: 'mongodb', port, handle: (request, response) => answer(request, response, mongo) });
}

async function answer(request: IncomingMessage, response: ServerResponse, mongo: MongoStandIn): Promise<void> {
  const operation = `${request.method ?? 'GET'} ${request.url ?? '/'}`;
  const body = parseJson(await readBody(request));
  switch (operation) {
    case 'GET /_control/health':
      return sendJson(response, 200, { ok: true, name: 'mongodb', standIn: true, uri: mongo.uri });
    case 'POST /_control/faults': {
      const faults = MongoFaults.safeParse(body);
      if (!faults.success) return sendJson(response, 400, { error: faults.error.message });
      mongo.setFaults(faults.data);
      return sendJson(response, 200, { ok: true });
    }
    case 'POST /_control/cut':
      mongo.cut();
      return sendJson(response, 200, { ok: true });
    case 'POST /_control/elect': {
      const election = Election.safeParse(body ?? {});
      if (!election.success) return sendJson(response, 400, { error: election.error.message });
      const { downMs } = election.data;
      await mongo.elect(downMs === undefined ? {} : { downMs });
      return sendJson(response, 200, { ok: true });
    }
    case 'POST /_control/forget-history':
      mongo.forgetHistory();
      return sendJson(response, 200, { ok: true });
    default:
      return sendJson(response, 404, { error: `there is no ${operation}` });
  }
}
