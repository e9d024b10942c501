import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { ProgramAnswer, ProgramCall, ProgramRunner } from './program-runner.ts';
import { tellFailure } from './tell-failure.ts';
import type { Trouble } from './trouble.ts';

/** Runs a program whose failure ends what its caller is doing; `doing` begins the sentence, as in "Plan of prod". */
export async function callProgram(
  runner: ProgramRunner,
  doing: string,
  call: ProgramCall,
): Promise<Result<ProgramAnswer, Trouble>> {
  const answer = await runner.run(call);
  return answer.ok ? answer : err(tellFailure(doing, call, answer.error));
}

/** The same for a program that prints JSON. What does not fit is named by its place, never by its value. */
export async function askProgram<T>(
  runner: ProgramRunner,
  doing: string,
  call: ProgramCall,
  schema: z.ZodType<T>,
): Promise<Result<T, Trouble>> {
  const answer = await callProgram(runner, doing, call);
  return answer.ok ? parseAnswer(doing, call.program, answer.value.stdout, schema) : answer;
}

export function parseAnswer<T>(
  doing: string,
  program: string,
  stdout: string,
  schema: z.ZodType<T>,
): Result<T, Trouble> {
  const nextStep = `See whether this release of ${program} is the one that the repository names.`;
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return err({ sentence: `${doing}: ${program} printed something that is not JSON.`, nextStep });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const places = parsed.error.issues.map(issue => issue.path.join('.') || 'the whole').join(', ');
  return err({ sentence: `${doing}: ${program} printed JSON of another form than expected (${places}).`, nextStep });
}
