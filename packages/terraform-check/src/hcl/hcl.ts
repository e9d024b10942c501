/** A configuration file as far as checks read it: blocks, attributes and expressions, each with its line from 1. */
export interface HclBody {
  readonly attributes: readonly HclAttribute[];
  readonly blocks: readonly HclBlock[];
}

export interface HclBlock extends HclBody {
  readonly type: string;
  readonly labels: readonly string[];
  readonly line: number;
}

export interface HclAttribute {
  readonly name: string;
  readonly line: number;
  readonly expression: Expression;
}

/** What is none of these kinds is `other`: its value shows in a plan only. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'object'; readonly entries: readonly ObjectEntry[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'for'; readonly value: Expression }
  | { readonly kind: 'conditional'; readonly branches: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly parameters: readonly Expression[] }
  /** As in `var.network.range`, without indexes. */
  | { readonly kind: 'reference'; readonly names: readonly string[] }
  | { readonly kind: 'other' };

export interface ObjectEntry {
  /** Undefined where the key itself is computed. */
  readonly key: string | undefined;
  readonly line: number;
  readonly value: Expression;
}
