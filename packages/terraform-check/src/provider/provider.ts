import { isDeepStrictEqual } from 'node:util';
import type { Rule } from '../rules/rule.ts';
import type { ProviderSchema, Schema } from '../schema/provider-schema.ts';
import type { Diagnostic } from './diagnostic.ts';
import { findComputedValues } from './find-computed-values.ts';
import type { KnownAnswer } from './known-answers.ts';
import { planValue } from './values/plan-value.ts';
import { fillComputed, type IdForm, type Origin, settleUnknowns } from './values/plausible-value.ts';
import { readStored } from './values/stored-value.ts';
import type { ObjectValue } from './values/value.ts';

/**
 * A provider without a vendor behind it: it knows the schema and the rules of the real one and answers what Terraform
 * asks while it validates, plans and tests. Keeps nothing between two calls. Pure.
 */
export class Provider {
  readonly schema: ProviderSchema;
  readonly #rules: ReadonlyMap<string, readonly Rule[]>;
  readonly #answers: readonly KnownAnswer[];

  constructor(schema: ProviderSchema, rules: readonly Rule[], answers: readonly KnownAnswer[]) {
    this.schema = schema;
    this.#rules = Map.groupBy(rules, rule => rule.type);
    this.#answers = answers;
  }

  validateResource(type: string, configuration: ObjectValue): readonly Diagnostic[] {
    const { block } = schemaOf(this.schema.resources, type);
    const broken = (this.#rules.get(type) ?? []).flatMap(rule => rule.check(configuration));
    return [...findComputedValues(block, configuration), ...broken];
  }

  validateDataSource(type: string, configuration: ObjectValue): readonly Diagnostic[] {
    return findComputedValues(schemaOf(this.schema.dataSources, type).block, configuration);
  }

  plan(type: string, proposed: ObjectValue): ObjectValue {
    return planValue(schemaOf(this.schema.resources, type).block, proposed);
  }

  /** Whether this configuration was applied before and led to what there is. */
  isApplied(type: string, configuration: ObjectValue, prior: ObjectValue): boolean {
    return isDeepStrictEqual(this.apply(type, this.plan(type, configuration)), prior);
  }

  readState(type: string, stored: ObjectValue): ObjectValue {
    return readStored(schemaOf(this.schema.resources, type).block, stored);
  }

  apply(type: string, planned: ObjectValue): ObjectValue {
    return settleUnknowns(schemaOf(this.schema.resources, type).block, planned, this.#originOf(type, planned));
  }

  readDataSource(type: string, configuration: ObjectValue): ObjectValue {
    const known = this.#answers.find(answer => answer.type === type)?.answer(configuration) ?? {};
    const asked = { ...configuration, ...known };
    return fillComputed(schemaOf(this.schema.dataSources, type).block, asked, this.#originOf(type, configuration));
  }

  #originOf(type: string, value: ObjectValue): Origin {
    return { type, configuration: JSON.stringify(value), ids: ID_FORMS[this.schema.source.provider] ?? 'path' };
  }
}

/** Terraform turns ids into numbers where an argument wants one, so their form matters. */
const ID_FORMS: Readonly<Record<string, IdForm>> = {
  'hetznercloud/hcloud': 'number',
  'cloudflare/cloudflare': 'hex',
  'qdrant/qdrant-cloud': 'uuid',
  'hashicorp/google': 'path',
};

/** Terraform asks for no type that the schema does not have. */
function schemaOf(schemas: Readonly<Record<string, Schema>>, type: string): Schema {
  const schema = schemas[type];
  if (schema === undefined) throw new Error(`${type} is not in the schema`);
  return schema;
}
