import { type JsonSchema } from '@innkeeper/local-stack/stand-ins/groq/fill-schema';
import { writeObediently } from '@innkeeper/local-stack/stand-ins/groq/write-message';
import type { LanguageModel } from '@innkeeper/shared/ports/language-model';
import { err, ok } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/** The stand-in's obedient personality without a network: it carries out what its prompts tell it, in any schema. */
export interface ObedientModel extends LanguageModel {
  /** What it was told so far, and what it said. */
  readonly calls: { readonly system: string; readonly user: string; readonly said: string }[];
}

export function obedientModel(): ObedientModel {
  const calls: ObedientModel['calls'] = [];
  const forms = new Map<unknown, JsonSchema>();
  return {
    id: 'obedient',
    calls,
    complete({ system, user, schema }) {
      const form = forms.get(schema) ?? (z.toJSONSchema(schema, { io: 'input' }) as JsonSchema);
      forms.set(schema, form);
      const said = writeObediently({ system, user, schema: form });
      calls.push({ system, user, said });
      const value = z.safeParse(schema, JSON.parse(said));
      if (!value.success) return Promise.resolve(err({ kind: 'nonsense', detail: 'does not fit the schema' }));
      return Promise.resolve(ok({ value: value.data, model: 'obedient', tokensIn: 1, tokensCached: 0, tokensOut: 1 }));
    },
  };
}
