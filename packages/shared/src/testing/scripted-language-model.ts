/** A `LanguageModel` whose replies are written by the test. Values are parsed by the request's schema, as a real one's are. */
import * as z from 'zod/mini';
import type { CompletionRequest, LanguageModel, ModelError } from '../ports/language-model.ts';
import { err, ok } from '../result/result.ts';

/** What the model writes, or how the call fails. */
export type ScriptedReply = { readonly says: unknown } | { readonly fails: ModelError };

export type AskedOfModel = Pick<CompletionRequest<unknown>, 'system' | 'user' | 'schemaName' | 'timeoutMs'>;

export interface ScriptedLanguageModel extends LanguageModel {
  /** The prompts so far, in order. */
  readonly requests: readonly AskedOfModel[];
}

export function scriptedLanguageModel(
  reply: (request: AskedOfModel) => ScriptedReply,
  id = 'scripted',
): ScriptedLanguageModel {
  const requests: AskedOfModel[] = [];
  return {
    id,
    requests,
    complete<T>(request: CompletionRequest<T>) {
      const { system, user, schemaName, timeoutMs } = request;
      requests.push({ system, user, schemaName, timeoutMs });
      const scripted = reply(request);
      if ('fails' in scripted) return Promise.resolve(err(scripted.fails));
      const value = z.safeParse(request.schema, scripted.says);
      if (!value.success) return Promise.resolve(err({ kind: 'nonsense', detail: 'does not fit the schema' }));
      const tokensOf = (text: string) => Math.ceil(text.length / 4); // about four characters a token
      return Promise.resolve(
        ok({
          value: value.data,
          model: id,
          tokensCached: 0,
          tokensIn: tokensOf(request.system + request.user),
          tokensOut: tokensOf(JSON.stringify(scripted.says)),
        }),
      );
    },
  };
}
