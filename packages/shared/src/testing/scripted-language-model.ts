/** A `LanguageModel` whose replies are written by the test. Values are parsed by the request's schema, as a real one's are. */
import type { CompletionRequest, LanguageModel, ModelError } from '../ports/language-model.ts';
import { err, ok } from '../result/result.ts';

/** What the model writes, or how the call fails. */
export type ScriptedReply = { readonly says: unknown } | { readonly fails: ModelError };

export interface ScriptedLanguageModel extends LanguageModel {
  /** The prompts so far, in order. */
  readonly requests: readonly { readonly system: string; readonly user: string }[];
}

export function scriptedLanguageModel(
  reply: (request: { readonly system: string; readonly user: string; readonly schemaName: string }) => ScriptedReply,
): ScriptedLanguageModel {
  const requests: { system: string; user: string }[] = [];
  return {
    id: 'scripted',
    requests,
    complete<T>(request: CompletionRequest<T>) {
      requests.push({ system: request.system, user: request.user });
      const scripted = reply(request);
      if ('fails' in scripted) return Promise.resolve(err(scripted.fails));
      const value = request.schema.safeParse(scripted.says);
      if (!value.success) return Promise.resolve(err({ kind: 'nonsense', detail: 'does not fit the schema' }));
      const tokensOf = (text: string) => Math.ceil(text.length / 4); // about four characters a token
      return Promise.resolve(
        ok({
          value: value.data,
          tokensIn: tokensOf(request.system + request.user),
          tokensOut: tokensOf(JSON.stringify(scripted.says)),
        }),
      );
    },
  };
}
