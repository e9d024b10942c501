import * as z from 'zod';

/** What a run of suites found, as `contract-reporter.ts` writes it: vitest's own JSON leaves out what was expected. */
const Problem = z.object({
  message: z.string(),
  /** Lines that begin with `-` were expected, those with `+` received. */
  difference: z.string().optional(),
});
export const FileReport = z.object({
  /** From the root of the repository. */
  file: z.string(),
  /** Outside of any test: while the file was loaded, or in what prepares its tests. */
  problems: z.array(Problem),
  tests: z.array(
    z.object({
      /** Those of the groups it is in, and its own. */
      names: z.array(z.string()).min(1),
      state: z.enum(['passed', 'failed', 'not_run']),
      problems: z.array(Problem),
    }),
  ),
});
export const ContractReport = z.object({ files: z.array(FileReport) });

export type Problem = z.infer<typeof Problem>;
export type FileReport = z.infer<typeof FileReport>;
export type ContractReport = z.infer<typeof ContractReport>;
