import * as z from 'zod';
import type { LocalEmbeddingModel } from '../embeddings/local-embedding-model.ts';
import { QueueFullError } from '../embeddings/text-batches.ts';
import type { RunningStandIn } from '../run-stand-in.ts';
import { parseJson, type StandInReply, type StandInRequest, startStandIn } from '../stand-in-server.ts';

/**
 * Workers AI's REST API for text embeddings, answered by the local model whatever model is named: vectors are real, but
 * have the local model's length instead of the named one's. Keeps nothing.
 */
export interface WorkersAiOptions {
  readonly port: number;
  readonly model: LocalEmbeddingModel;
  readonly accountId: string;
  readonly apiToken: string;
}

/** Which models take which input, and how many texts at once. */
const MODELS: Readonly<Record<string, { readonly input: 'text' | 'queries_documents'; readonly textsMax: number }>> = {
  '@cf/baai/bge-m3': { input: 'text', textsMax: 100 },
  '@cf/baai/bge-base-en-v1.5': { input: 'text', textsMax: 100 },
  '@cf/google/embeddinggemma-300m': { input: 'text', textsMax: 100 },
  '@cf/qwen/qwen3-embedding-0.6b': { input: 'queries_documents', textsMax: 32 },
};

const Texts = z.union([z.string().transform(text => [text]), z.array(z.string()).min(1)]);
const TextInput = z.strictObject({ text: Texts, truncate_inputs: z.boolean().optional() });
const PairInput = z.union([
  z.strictObject({ queries: Texts, instruction: z.string().optional() }),
  z.strictObject({ documents: Texts }),
]);
const OpenAiInput = z.object({ model: z.string(), input: Texts });

/** Numbers from Cloudflare's list of Workers AI errors; those of tokens and routes are its API's own. */
const REFUSALS = {
  no_token: { status: 400, code: 6003, message: 'Invalid request headers' },
  authentication: { status: 401, code: 10_000, message: 'Authentication error' },
  no_route: {
    status: 404,
    code: 7003,
    message: 'Could not route the request, perhaps your object identifier is invalid?',
  },
  no_such_model: { status: 400, code: 5007, message: 'No such model or task' },
  invalid_data: { status: 400, code: 5004, message: 'AiError: Invalid input' },
  no_capacity: { status: 429, code: 3040, message: 'No more data centers to forward the request to' },
  too_large: { status: 413, code: 3006, message: 'Request is too large' },
} as const;

export async function startWorkersAi(options: WorkersAiOptions): Promise<RunningStandIn> {
  const base = `/client/v4/accounts/${options.accountId}/ai`;

  const run = async (name: string, body: unknown): Promise<StandInReply> => {
    const named = MODELS[name];
    if (named === undefined) return refuse('no_such_model');
    const texts = named.input === 'text' ? TextInput.safeParse(body).data?.text : textsOfPair(body);
    if (texts === undefined) return refuse('invalid_data');
    if (texts.length > named.textsMax) return refuse('too_large');
    const data = await options.model.embed(texts);
    const result = { shape: [data.length, options.model.dimensions], data, pooling: 'cls' };
    return { status: 200, body: { result, success: true, errors: [], messages: [] } };
  };

  const embedOpenAi = async (body: unknown): Promise<StandInReply> => {
    const parsed = OpenAiInput.safeParse(body);
    if (!parsed.success) return refuse('invalid_data');
    if (MODELS[parsed.data.model] === undefined) return refuse('no_such_model');
    const vectors = await options.model.embed(parsed.data.input);
    const data = vectors.map((embedding, index) => ({ object: 'embedding', index, embedding }));
    return {
      status: 200,
      body: { object: 'list', data, model: parsed.data.model, usage: { prompt_tokens: 0, total_tokens: 0 } },
    };
  };

  const route = async (request: StandInRequest): Promise<StandInReply> => {
    const authorization = request.headers['authorization'] ?? '';
    if (!/^Bearer [\w-]+$/u.test(authorization)) return refuse('no_token');
    if (authorization !== `Bearer ${options.apiToken}`) return refuse('authentication');
    const { pathname } = request.url;
    const body = parseJson(request.body);
    if (request.method !== 'POST' || !pathname.startsWith(base)) return refuse('no_route');
    if (pathname.startsWith(`${base}/run/`)) return run(pathname.slice(`${base}/run/`.length), body);
    return pathname === `${base}/v1/embeddings` ? embedOpenAi(body) : refuse('no_route');
  };

  const answer = async (request: StandInRequest): Promise<StandInReply> => {
    try {
      return await route(request);
    } catch (error) {
      if (error instanceof QueueFullError) return refuse('no_capacity');
      throw error;
    }
  };

  return startStandIn({ name: 'workers-ai', port: options.port, answer });
}

function textsOfPair(body: unknown): string[] | undefined {
  const { data } = PairInput.safeParse(body);
  if (data === undefined) return undefined;
  return 'queries' in data ? data.queries : data.documents;
}

function refuse(reason: keyof typeof REFUSALS): StandInReply {
  const { status, code, message } = REFUSALS[reason];
  return { status, body: { result: null, success: false, errors: [{ code, message }], messages: [] } };
}
