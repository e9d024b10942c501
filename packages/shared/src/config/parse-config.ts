import * as z from 'zod/mini';
import { Secret } from './secret.ts';

/** All problems of a configuration together, each naming its variable; never a value. */
export class ConfigError extends Error {
  constructor(deployable: string, problems: readonly string[]) {
    super(
      `${deployable} cannot start, its configuration is incomplete:\n${problems.map(line => `  - ${line}`).join('\n')}`,
    );
    this.name = 'ConfigError';
  }
}

/** Parses an environment once, before any work. Empty strings count as missing. The schema: of `zod` or `zod/mini`. */
export function parseConfig<T>(
  deployable: string,
  schema: z.core.$ZodType<T>,
  environment: Record<string, unknown>,
): T {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = z.safeParse(schema, present);
  if (parsed.success) return parsed.data;
  throw new ConfigError(
    deployable,
    parsed.error.issues.map(issue => `${issue.path.join('.') || 'environment'}: ${issue.message}`),
  );
}

/** A required secret. `hint` says what it is and where a person gets it. */
export const secret = (hint: string) =>
  z
    .pipe(
      z.string({ error: `missing (${hint})` }).check(z.minLength(1)),
      z.transform(value => new Secret(value)),
    )
    .check(z.describe(hint));

/** Several secrets that are valid at once, separated by commas, for rotation. */
export const secrets = (hint: string) =>
  z
    .pipe(
      z.string({ error: `missing (${hint})` }),
      z.transform(value =>
        value
          .split(',')
          .map(item => item.trim())
          .filter(item => item !== '')
          .map(item => new Secret(item)),
      ),
    )
    .check(
      z.refine(list => list.length > 0, `missing (${hint})`),
      z.describe(hint),
    );

/** An absolute URL. `z.url` can restrict schemes and hosts, which nothing here asks for: half a kilobyte of a Worker. */
export const url = (error: string) =>
  z.string({ error }).check(
    z.trim(),
    z.refine(text => URL.canParse(text), { error }),
  );

/** A base URL without a trailing slash. */
export const baseUrl = (hint: string) =>
  z
    .pipe(
      url(`must be a URL (${hint})`),
      z.transform(value => value.replace(/\/+$/u, '')),
    )
    .check(z.describe(hint));
