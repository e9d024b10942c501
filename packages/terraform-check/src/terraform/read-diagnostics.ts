import { join, normalize } from 'node:path';
import * as z from 'zod';
import type { TerraformRun } from './run-terraform.ts';

/** Reads what Terraform says with `-json`, a whole document or one message a line, into lines for a person. Pure. */
const Diagnostic = z.object({
  severity: z.enum(['error', 'warning']),
  summary: z.string(),
  detail: z.string().default(''),
  range: z.object({ filename: z.string(), start: z.object({ line: z.number() }) }).optional(),
});
const Validation = z.object({ diagnostics: z.array(Diagnostic) });
const Message = z.object({ type: z.string(), diagnostic: Diagnostic.optional() });

/** What `check` blocks of a configuration say is for people; every other warning is about how it is written. */
const CHECK_BLOCK = 'Check block assertion failed';

export interface Told {
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** `folder` is what file names are relative to, as people know it. A run that failed has at least one problem. */
export function readDiagnostics(run: TerraformRun, folder: string): Told {
  const told = [...validationIn(run.stdout), ...messagesIn(run.stdout)];
  const inFolder = (diagnostics: readonly Diagnostic[]): readonly string[] => [
    ...new Set(diagnostics.map(diagnostic => inWords(diagnostic, folder))),
  ];
  const isForPeople = ({ severity, summary }: Diagnostic): boolean => severity === 'warning' && summary === CHECK_BLOCK;
  const problems = inFolder(told.filter(diagnostic => !isForPeople(diagnostic)));
  const warnings = inFolder(told.filter(isForPeople));
  if (run.exitCode === 0 || problems.length > 0) return { problems, warnings };
  const said = [run.stderr, run.stdout].map(text => text.trim()).find(text => text !== '');
  return { problems: [said ?? `terraform ended with ${run.exitCode} and said nothing`], warnings };
}

type Diagnostic = z.infer<typeof Diagnostic>;

function validationIn(stdout: string): readonly Diagnostic[] {
  const parsed = Validation.safeParse(jsonOr(stdout));
  return parsed.success ? parsed.data.diagnostics : [];
}

function messagesIn(stdout: string): readonly Diagnostic[] {
  return stdout.split('\n').flatMap(line => {
    const parsed = Message.safeParse(jsonOr(line));
    return parsed.success && parsed.data.diagnostic !== undefined ? [parsed.data.diagnostic] : [];
  });
}

/** A line that is no JSON is for people, and its content comes again in a diagnostic. */
function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function inWords({ summary, detail, range }: Diagnostic, folder: string): string {
  const where = range === undefined ? '' : `${normalize(join(folder, range.filename))}:${range.start.line}: `;
  return `${where}${summary}${detail === '' ? '' : `: ${detail.replaceAll(/\s+/gu, ' ').trim()}`}`;
}
