import type { Expression, HclAttribute } from '../hcl/hcl.ts';
import { type Located, localOf, type Module, typeOf } from '../hcl/module.ts';
import { ANY, excessKeys, fieldOf, type Shape, shapeOfTypeExpression } from './shape.ts';

/** A key that is written down and reaches nobody. */
export interface KeyProblem {
  readonly file: string;
  readonly line: number;
  /** Where it stands, e.g. `cloudflare_queue.deliveries settings.retention`. */
  readonly place: string;
  readonly message: string;
}

interface Position {
  readonly file: string;
  readonly line: number;
}

/** Functions whose result has the keys of what they are given. */
const TRANSPARENT = new Set([
  'coalesce',
  'concat',
  'flatten',
  'merge',
  'one',
  'sensitive',
  'tolist',
  'tomap',
  'toset',
  'try',
  'values',
]);

/** Follows one value of one module through literals, conditions, `for`, `merge`, locals and typed variables. Pure. */
export class KeySearch {
  readonly #module: Module;
  readonly #owner: string;
  /** A local that refers to itself is Terraform's to refuse, not a reason to go in circles. */
  readonly #followed = new Set<string>();

  constructor(module: Module, owner: string) {
    this.#module = module;
    this.#owner = owner;
  }

  search(expression: Expression, shape: Shape, at: Position, path: string): readonly KeyProblem[] {
    if (shape.kind === 'any') return [];
    switch (expression.kind) {
      case 'object':
        return expression.entries.flatMap(({ key, line, value }) => {
          const here = { file: at.file, line };
          const name = key === undefined ? path : `${path}.${key}`;
          if (shape.kind === 'each') return this.search(value, shape.of, here, name);
          if (key === undefined) return [];
          const field = fieldOf(shape, key);
          return field === undefined
            ? [this.#problem(here, name, key, Object.keys(shape.fields))]
            : this.search(value, field, here, name);
        });
      case 'list':
        return shape.kind === 'each'
          ? expression.items.flatMap((item, index) => this.search(item, shape.of, at, `${path}[${index}]`))
          : [];
      case 'for':
        return shape.kind === 'each' ? this.search(expression.value, shape.of, at, path) : [];
      case 'conditional':
        return expression.branches.flatMap(branch => this.search(branch, shape, at, path));
      case 'call':
        return TRANSPARENT.has(expression.name)
          ? expression.parameters.flatMap(parameter => this.search(parameter, shape, at, path))
          : [];
      case 'reference':
        return this.#follow(expression.names, shape, at, path);
      case 'literal':
      case 'other':
        return [];
    }
  }

  /** `local.x` as a whole, `var.x` and fields of it. */
  #follow(names: readonly string[], shape: Shape, at: Position, path: string): readonly KeyProblem[] {
    const [kind, name = '', ...steps] = names;
    if (kind === 'local' && steps.length === 0) {
      const local = localOf(this.#module, name);
      if (local === undefined || this.#followed.has(`${name} ${path}`)) return [];
      this.#followed.add(`${name} ${path}`);
      return this.#inLocal(local, shape, path);
    }
    if (kind !== 'var') return [];
    const given = steps.reduce(
      (inner, step) => fieldOf(inner, step) ?? ANY,
      shapeOfTypeExpression(typeOf(this.#module, name)),
    );
    return excessKeys(given, shape).map(key => this.#problem(at, `${path}.${key}`, key, []));
  }

  #inLocal({ file, found }: Located<HclAttribute>, shape: Shape, path: string): readonly KeyProblem[] {
    return this.search(found.expression, shape, { file, line: found.line }, path);
  }

  #problem({ file, line }: Position, path: string, key: string, known: readonly string[]): KeyProblem {
    const place = `${this.#owner} ${path}`;
    const hint = known.length === 0 ? 'Remove it.' : `Remove it or use one of ${known.join(', ')}.`;
    return { file, line, place, message: `${place}: "${key}" is no key here, Terraform drops it silently. ${hint}` };
  }
}
