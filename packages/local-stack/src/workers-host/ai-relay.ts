import * as z from 'zod';
import { type LocalServer, readBody, sendJson, serveLocal } from '../http/serve-local.ts';

/** Where Workers AI's REST API is, with its path up to `/run`. */
export interface WorkersAiAddress {
  /** `https://api.cloudflare.com/client/v4/accounts/ID/ai`, or a stand-in of the same shape. */
  readonly baseUrl: string;
  readonly apiToken: string;
}

const BindingCall = z.object({ inputs: z.unknown() });
const RestReply = z.object({ result: z.unknown() });

/**
 * Translates what workerd's AI binding sends (`POST /run`, the model in a header) into Workers AI's REST API, and takes
 * the reply out of the REST envelope again. Errors pass as they are: the binding reads the same `errors` array.
 */
export function startAiRelay(address: WorkersAiAddress): Promise<LocalServer> {
  return serveLocal({
    name: 'ai-relay',
    port: 0,
    handle: async (request, response) => {
      const model = [request.headers['cf-consn-model-id']].flat()[0] ?? '';
      const call = BindingCall.parse(JSON.parse((await readBody(request)).toString('utf8')));
      const reply = await fetch(`${address.baseUrl}/run/${model}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${address.apiToken}` },
        body: JSON.stringify(call.inputs),
      });
      if (reply.ok) return sendJson(response, 200, RestReply.parse(await reply.json()).result);
      response.writeHead(reply.status).end(await reply.text());
      return undefined;
    },
  });
}
