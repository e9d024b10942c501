/** Chooses the embedder that the `EMBEDDINGS_*` variables describe, or says in whole sentences what does not fit. */
import * as z from 'zod/mini';
import { ConfigError, secret, url } from '../../config/parse-config.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { err, ok, type Result } from '../../result/result.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { openAiCompatibleEmbedder } from './openai-compatible.ts';
import { type WorkersAi, workersAiBindingEmbedder } from './workers-ai-binding.ts';
import { workersAiRestEmbedder } from './workers-ai-rest.ts';

const MODEL_DEFAULT = '@cf/baai/bge-m3';
const DIMENSIONS_DEFAULT = 1024; // of bge-m3
const DIMENSIONS_MAX = 65_536; // Qdrant's limit for one vector

/** The shape to spread into a deployable's own `z.object`. */
export const embeddingsVariables = {
  EMBEDDINGS_PROVIDER: z
    ._default(
      z.enum(['workers-ai', 'openai-compatible'], { error: 'must be workers-ai or openai-compatible' }),
      'workers-ai',
    )
    .check(z.describe('who computes vectors')),
  EMBEDDINGS_URL: z
    .optional(
      z.pipe(
        url('must be a URL'),
        z.transform(value => value.replace(/\/+$/u, '')),
      ),
    )
    .check(
      z.describe(
        'base URL: https://api.cloudflare.com/client/v4/accounts/<account id>/ai, or an OpenAI-compatible server incl. /v1; not needed where a Worker has the AI binding',
      ),
    ),
  EMBEDDINGS_MODEL: z
    .optional(z.string())
    .check(z.describe(`model id; ${MODEL_DEFAULT} with workers-ai, required with openai-compatible`)),
  EMBEDDINGS_DIMENSIONS: z
    .optional(
      z.pipe(z.string().check(z.regex(/^\d{1,6}$/u, { error: 'must be a whole number' })), z.transform(Number)).check(
        z.refine(length => length >= 1, 'must be 1 or more'),
        z.refine(length => length <= DIMENSIONS_MAX, `must be ${DIMENSIONS_MAX} or less`),
      ),
    )
    .check(
      z.describe(`length of a vector; ${DIMENSIONS_DEFAULT} for ${MODEL_DEFAULT}, required for every other model`),
    ),
  EMBEDDINGS_API_KEY: z.optional(secret('token of the embeddings server; required with workers-ai outside a Worker')),
};

const EmbeddingsVariables = z.object(embeddingsVariables);
export type EmbeddingsVariables = z.output<typeof EmbeddingsVariables>;

export interface EmbedderParts {
  readonly fetch: Fetch;
  /** The Worker's `AI` binding, used unless `EMBEDDINGS_URL` names another address. */
  readonly ai?: WorkersAi | undefined;
}

/** @throws ConfigError that names every variable that does not fit. */
export function embedderFromConfig(deployable: string, variables: EmbeddingsVariables, parts: EmbedderParts): Embedder {
  const choice =
    variables.EMBEDDINGS_PROVIDER === 'workers-ai' ? chooseWorkersAi(variables, parts) : chooseOpenAi(variables, parts);
  if (choice.ok) return choice.value;
  throw new ConfigError(deployable, choice.error);
}

function chooseWorkersAi(variables: EmbeddingsVariables, { fetch, ai }: EmbedderParts): Result<Embedder, string[]> {
  const model = variables.EMBEDDINGS_MODEL ?? MODEL_DEFAULT;
  const dimensions = variables.EMBEDDINGS_DIMENSIONS ?? (model === MODEL_DEFAULT ? DIMENSIONS_DEFAULT : undefined);
  const { EMBEDDINGS_URL: baseUrl, EMBEDDINGS_API_KEY: apiKey } = variables;
  const noDimensions = `EMBEDDINGS_DIMENSIONS: say how long the vectors of ${model} are`;

  if (baseUrl === undefined && ai !== undefined) {
    return dimensions === undefined ? err([noDimensions]) : ok(workersAiBindingEmbedder({ ai, model, dimensions }));
  }
  if (dimensions === undefined || baseUrl === undefined || apiKey === undefined) {
    return err([
      ...(dimensions === undefined ? [noDimensions] : []),
      ...(baseUrl === undefined
        ? ['EMBEDDINGS_URL: workers-ai without the AI binding needs the address of the account’s API']
        : []),
      ...(apiKey === undefined ? ['EMBEDDINGS_API_KEY: workers-ai without the AI binding needs a token'] : []),
    ]);
  }
  return ok(workersAiRestEmbedder({ fetch, baseUrl, apiKey, model, dimensions }));
}

function chooseOpenAi(variables: EmbeddingsVariables, { fetch }: EmbedderParts): Result<Embedder, string[]> {
  const {
    EMBEDDINGS_MODEL: model,
    EMBEDDINGS_DIMENSIONS: dimensions,
    EMBEDDINGS_URL: baseUrl,
    EMBEDDINGS_API_KEY: apiKey,
  } = variables;
  if (model === undefined || dimensions === undefined || baseUrl === undefined) {
    return err([
      ...(model === undefined ? ['EMBEDDINGS_MODEL: openai-compatible needs the name of a model'] : []),
      ...(dimensions === undefined ? ['EMBEDDINGS_DIMENSIONS: say how long the vectors of the model are'] : []),
      ...(baseUrl === undefined
        ? ['EMBEDDINGS_URL: openai-compatible needs the address of the server, including /v1']
        : []),
    ]);
  }
  const key = apiKey === undefined ? {} : { apiKey };
  return ok(openAiCompatibleEmbedder({ fetch, baseUrl, model, dimensions, ...key }));
}
