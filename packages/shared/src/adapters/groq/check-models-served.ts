/**
 * Whether Groq serves the models a deployable is set to, for whoever starts or watches it. I/O: one request; details
 * carry status, code and ids of models.
 */
import * as z from 'zod/mini';
import type { ModelError } from '../../ports/language-model.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { groqHeaders } from './create-completion.ts';
import { exchangeErrorOf, modelErrorOf } from './groq-errors.ts';
import type { GroqVariables } from './groq-variables.ts';
import { modelsOf } from './language-model-from-config.ts';

const ModelList = z.object({ data: z.array(z.object({ id: z.string(), active: z.optional(z.boolean()) })) });
const REPLY_BYTES_MAX = 256 * 1024; // some twenty models of half a kilobyte each

/** `misconfigured` names every model that is not served. */
export async function checkModelsServed(
  variables: GroqVariables,
  { fetch, timeoutMs }: { readonly fetch: Fetch; readonly timeoutMs: number },
): Promise<Result<void, ModelError>> {
  const sent = await exchangeJson({
    fetch,
    url: `${variables.GROQ_BASE_URL}/models`,
    method: 'GET',
    headers: groqHeaders(variables.GROQ_API_KEY),
    timeoutMs,
    replyBytesMax: REPLY_BYTES_MAX,
  });
  if (!sent.ok) return err(exchangeErrorOf('models', sent.error));
  if (sent.value.status !== 200) return err(modelErrorOf('models', sent.value));
  const list = ModelList.safeParse(sent.value.json);
  if (!list.success) return err({ kind: 'unavailable', detail: 'groq models answered outside its format' });
  const served = new Set(list.data.data.filter(({ active }) => active !== false).map(({ id }) => id));
  const missing = modelsOf(variables).filter(id => !served.has(id));
  if (missing.length === 0) return ok(undefined);
  const detail = `groq does not serve ${missing.join(' and ')}: set GROQ_MODEL and GROQ_FALLBACK_MODEL to models it serves`;
  return err({ kind: 'misconfigured', detail });
}
