import * as z from 'zod';
import {
  parseJson,
  type StandInReply,
  type StandInRequest,
  type StandInServer,
  startStandIn,
} from '../stand-in-server.ts';
import type { LocalEmbeddingModel } from './local-embedding-model.ts';
import { QueueFullError } from './text-batches.ts';

/**
 * The local embedding model at an OpenAI-compatible address (`/v1/embeddings`, `/v1/models`), with OpenAI's errors.
 * Keeps nothing.
 */
export interface EmbeddingsOptions {
  readonly port: number;
  readonly model: LocalEmbeddingModel;
  /** Asked for as a bearer token; anyone may call when absent. */
  readonly apiKey?: string | undefined;
}

const INPUTS_MAX = 2048; // OpenAI's limit of texts in one request

const CreateRequest = z.strictObject({
  model: z.string(),
  input: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(INPUTS_MAX)]),
  encoding_format: z.enum(['float', 'base64']).default('float'),
  dimensions: z.int().positive().optional(),
  user: z.string().optional(),
});

export async function startEmbeddings(options: EmbeddingsOptions): Promise<StandInServer> {
  const answer = async (request: StandInRequest): Promise<StandInReply> => {
    if (options.apiKey !== undefined && request.headers['authorization'] !== `Bearer ${options.apiKey}`) {
      return failure(401, 'Incorrect API key provided.', 'invalid_request_error', null, 'invalid_api_key');
    }
    const route = `${request.method} ${request.url.pathname}`;
    if (route === 'POST /v1/embeddings') return createEmbeddings(options.model, request.body);
    if (route === 'GET /v1/models') return { status: 200, body: { object: 'list', data: [modelCard(options.model)] } };
    return failure(404, `Invalid URL (${route})`, 'invalid_request_error', null, null);
  };
  return startStandIn({ name: 'embeddings', port: options.port, answer });
}

async function createEmbeddings(model: LocalEmbeddingModel, body: Buffer): Promise<StandInReply> {
  const json = parseJson(body);
  if (json === undefined) {
    return failure(400, 'We could not parse the JSON body of your request.', 'invalid_request_error', null, null);
  }
  const parsed = CreateRequest.safeParse(json);
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const param = String(problem?.path[0] ?? 'body');
    return failure(400, `'$.${param}' is invalid: ${problem?.message ?? ''}`, 'invalid_request_error', param, null);
  }
  const { model: name, input, encoding_format, dimensions } = parsed.data;
  if (name !== model.name) {
    const message = `The model \`${name}\` does not exist or you do not have access to it.`;
    return failure(404, message, 'invalid_request_error', null, 'model_not_found');
  }
  if (dimensions !== undefined && dimensions !== model.dimensions) {
    const message = 'This model does not support specifying dimensions.';
    return failure(400, message, 'invalid_request_error', 'dimensions', null);
  }
  const texts = typeof input === 'string' ? [input] : input;
  let vectors: number[][];
  try {
    vectors = await model.embed(texts);
  } catch (error) {
    if (!(error instanceof QueueFullError)) throw error;
    return failure(503, 'The engine is currently overloaded, please try again later.', 'server_error', null, null);
  }
  const tokens = texts.reduce((sum, text) => sum + Math.ceil(text.length / 4), 0); // about four characters a token
  return {
    status: 200,
    body: {
      object: 'list',
      data: vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: encoding_format === 'float' ? vector : base64Of(vector),
      })),
      model: model.name,
      usage: { prompt_tokens: tokens, total_tokens: tokens },
    },
  };
}

const base64Of = (vector: readonly number[]): string =>
  Buffer.from(Float32Array.from(vector).buffer).toString('base64');

const modelCard = (model: LocalEmbeddingModel) => ({
  id: model.name,
  object: 'model',
  created: 1_520_380_800, // when the model was first published
  owned_by: 'local',
});

function failure(
  status: number,
  message: string,
  type: string,
  param: string | null,
  code: string | null,
): StandInReply {
  return { status, body: { error: { message, type, param, code } } };
}
