import type { Collection } from '../collection.ts';
import { parseDatetime } from '../filter/parse-datetime.ts';
import { leavesAt, parsePath } from '../filter/payload-path.ts';
import type { StoredPoint } from '../point.ts';
import { notInStandIn, wrongInput } from '../refusal.ts';
import type { Decay as DecayParams, Division, Expression, FormulaQuery } from '../wire.ts';

/** Scores of the point in each prefetched list. */
type Evaluate = (point: StoredPoint, scores: readonly number[]) => number;
type Defaults = Readonly<Record<string, unknown>>;

/** A score formula as a function. Pure; refuses a variable that a point lacks and that has no default. */
export function compileFormula({ formula, defaults }: FormulaQuery, collection: Collection): Evaluate {
  return compile(formula, defaults ?? {}, collection);
}

function compile(expression: Expression, defaults: Defaults, collection: Collection): Evaluate {
  const inner = (part: Expression): Evaluate => compile(part, defaults, collection);
  const apply = (part: Expression, change: (value: number) => number): Evaluate => {
    const value = inner(part);
    return (point, scores) => change(value(point, scores));
  };
  if (typeof expression === 'number') return () => expression;
  if (typeof expression === 'string') return compileVariable(expression, defaults);
  if ('sum' in expression) {
    const parts = expression.sum.map(inner);
    return (point, scores) => parts.reduce((sum, part) => sum + part(point, scores), 0);
  }
  if ('mult' in expression) {
    const parts = expression.mult.map(inner);
    return (point, scores) => parts.reduce((result, part) => result * part(point, scores), 1);
  }
  if ('neg' in expression) return apply(expression.neg, value => -value);
  if ('abs' in expression) return apply(expression.abs, Math.abs);
  if ('sqrt' in expression) return apply(expression.sqrt, Math.sqrt);
  if ('exp' in expression) return apply(expression.exp, Math.exp);
  if ('ln' in expression) return apply(expression.ln, Math.log);
  if ('log10' in expression) return apply(expression.log10, Math.log10);
  if ('pow' in expression) {
    const [base, exponent] = [inner(expression.pow.base), inner(expression.pow.exponent)];
    return (point, scores) => base(point, scores) ** exponent(point, scores);
  }
  if ('div' in expression) return compileDivision(expression.div, inner);
  if ('lin_decay' in expression) return compileDecay(expression.lin_decay, inner, LINEAR);
  if ('exp_decay' in expression) return compileDecay(expression.exp_decay, inner, EXPONENTIAL);
  if ('gauss_decay' in expression) return compileDecay(expression.gauss_decay, inner, GAUSSIAN);
  if ('datetime' in expression) {
    const seconds = secondsOf(expression.datetime);
    return () => seconds;
  }
  if ('datetime_key' in expression) return compileDatetimeKey(expression.datetime_key, defaults);
  if ('geo_distance' in expression) throw notInStandIn('geo distance');
  // Anything else is a condition: 1 where it holds, 0 where not.
  const holds = collection.compile({ must: [expression] });
  return point => (holds(point) ? 1 : 0);
}

const SCORE = /^\$score(?:\[(\d+)\])?$/u;

function compileVariable(name: string, defaults: Defaults): Evaluate {
  const score = SCORE.exec(name);
  if (score !== null) {
    const list = Number(score[1] ?? 0);
    return (_point, scores) => scores[list] ?? Number(defaults[name] ?? 0);
  }
  const path = parsePath(name);
  return point => {
    const value = leavesAt(point.payload, path)[0] ?? defaults[name];
    if (typeof value === 'number') return value;
    throw wrongInput(`Missing or not a number in the payload, and without a default: ${name}`);
  };
}

function compileDatetimeKey(key: string, defaults: Defaults): Evaluate {
  const path = parsePath(key);
  return point => secondsOf(leavesAt(point.payload, path)[0] ?? defaults[key]);
}

function secondsOf(value: unknown): number {
  const instant = typeof value === 'string' ? parseDatetime(value) : undefined;
  if (instant === undefined) throw wrongInput('Missing or not a datetime, and without a default');
  return instant / 1_000_000;
}

function compileDivision(
  { left, right, by_zero_default: byZero }: Division,
  inner: (part: Expression) => Evaluate,
): Evaluate {
  const [dividend, divisor] = [inner(left), inner(right)];
  return (point, scores) => {
    const by = divisor(point, scores);
    if (by !== 0) return dividend(point, scores) / by;
    if (typeof byZero === 'number') return byZero;
    throw wrongInput('Division by zero in the formula');
  };
}

type Decay = (distance: number, scale: number, midpoint: number) => number;

/** Each is 1 at the target and `midpoint` at `scale` from it. */
const LINEAR: Decay = (distance, scale, midpoint) => Math.max(0, 1 - ((1 - midpoint) * distance) / scale);
const EXPONENTIAL: Decay = (distance, scale, midpoint) => midpoint ** (distance / scale);
const GAUSSIAN: Decay = (distance, scale, midpoint) => midpoint ** ((distance / scale) ** 2);

function compileDecay(params: DecayParams, inner: (part: Expression) => Evaluate, decay: Decay): Evaluate {
  const x = inner(params.x);
  const target = params.target == null ? () => 0 : inner(params.target);
  const [scale, midpoint] = [params.scale ?? 1, params.midpoint ?? 0.5];
  return (point, scores) => decay(Math.abs(x(point, scores) - target(point, scores)), scale, midpoint);
}
