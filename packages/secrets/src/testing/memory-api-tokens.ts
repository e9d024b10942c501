import { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import type { ApiTokens } from '../ports/api-tokens.ts';

/** `ApiTokens` in memory: value by id, as Terraform made them. */
export function memoryApiTokens(): ApiTokens & { readonly values: Map<string, string> } {
  const values = new Map<string, string>();
  let rolls = 0;
  return {
    values,
    async list() {
      return ok([...values.keys()].map(id => ({ id, name: `innkeeper-prod-${id}` })));
    },
    async roll(id) {
      if (!values.has(id)) return err({ kind: 'missing', service: 'Cloudflare', what: id });
      rolls += 1;
      values.set(id, `rolled-value-${rolls}`);
      return ok(new Secret(`rolled-value-${rolls}`));
    },
    async idOf(value) {
      return ok([...values].find(([, own]) => own === value.reveal())?.[0]);
    },
  };
}
