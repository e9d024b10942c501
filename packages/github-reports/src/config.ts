import { baseUrl, secret } from '@innkeeper/shared/config/parse-config';
import * as z from 'zod';
import { parseRepository } from './github/repository.ts';

/** Read from the environment alone: the runner sets all of it but the token. */
export const Config = z.object({
  GITHUB_TOKEN: secret('token of the job, env: GITHUB_TOKEN: ${{ github.token }}'),
  GITHUB_REPOSITORY: z.string({ error: 'missing (owner/repository)' }).transform((text, context) => {
    const repository = parseRepository(text);
    if (repository !== undefined) return repository;
    context.addIssue({ code: 'custom', message: 'must be owner/repository' });
    return z.NEVER;
  }),
  GITHUB_API_URL: z.pipe(z.string().default('https://api.github.com'), baseUrl('address of the REST API')),
  GITHUB_SERVER_URL: z.pipe(z.string().default('https://github.com'), baseUrl('address for people')),
  GITHUB_RUN_ID: z.string().regex(/^\d+$/u).optional(),
  /** Who the token writes as. */
  GITHUB_REPORTS_AUTHOR: z.string().default('github-actions[bot]'),
});
export type Config = z.infer<typeof Config>;

/** Page of the run, for people; of the repository's runs outside a workflow. */
export function runUrlOf({ GITHUB_SERVER_URL, GITHUB_REPOSITORY, GITHUB_RUN_ID }: Config): string {
  const runs = `${GITHUB_SERVER_URL}/${GITHUB_REPOSITORY.owner}/${GITHUB_REPOSITORY.repo}/actions`;
  return GITHUB_RUN_ID === undefined ? runs : `${runs}/runs/${GITHUB_RUN_ID}`;
}
