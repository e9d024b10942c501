import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';

/** Whether a role's declared arguments and its defaults say the same. Pure. */
const Option = z.looseObject({
  type: z.string(),
  description: z.union([z.string(), z.array(z.string())]).optional(),
  required: z.boolean().optional(),
  default: z.unknown().optional(),
  no_log: z.boolean().optional(),
});

export const ArgumentSpecs = z.object({
  argument_specs: z.record(
    z.string(),
    z.object({ short_description: z.string(), options: z.record(z.string(), Option).default({}) }),
  ),
});
export type ArgumentSpecs = z.infer<typeof ArgumentSpecs>;

export interface Role {
  readonly name: string;
  readonly specs: ArgumentSpecs;
  readonly defaults: Readonly<Record<string, unknown>>;
}

const SOUNDS_SECRET = /(password|secret|token|_key$|credentials|certificate|keyfile|webhook_url)/u;

/** A sentence for each difference. */
export function compareRole({ name, specs, defaults }: Role): string[] {
  const options = specs.argument_specs['main']?.options ?? {};
  const prefix = `${name.replaceAll('-', '_')}_`;
  return [
    ...(specs.argument_specs['main'] === undefined ? [`${name}: there are no argument specs of main`] : []),
    ...Object.entries(options).flatMap(([option, spec]) => {
      const hasDefault = Object.hasOwn(spec, 'default');
      const isDefaulted = Object.hasOwn(defaults, option);
      return [
        ...(spec.description === undefined ? [`${option}: says not what it is`] : []),
        ...(SOUNDS_SECRET.test(option) && spec.no_log === undefined ? [`${option}: sounds secret without no_log`] : []),
        ...(spec.required === true && (hasDefault || isDefaulted) ? [`${option}: is required and has a default`] : []),
        ...(spec.required !== true && !isDefaulted ? [`${option}: is optional without a default in defaults`] : []),
        ...(hasDefault && isDefaulted && !isDeepStrictEqual(spec.default, defaults[option])
          ? [`${option}: ${JSON.stringify(spec.default)} declared, ${JSON.stringify(defaults[option])} in defaults`]
          : []),
        ...(!hasDefault && isDefaulted ? [`${option}: has a default that is not declared`] : []),
      ].map(problem => `${name}: ${problem}`);
    }),
    ...Object.keys(defaults).flatMap(option => [
      ...(Object.hasOwn(options, option) ? [] : [`${name}: ${option} has a default and is not declared`]),
      ...(option.startsWith(prefix) ? [] : [`${name}: ${option} does not begin with ${prefix}`]),
    ]),
  ];
}
