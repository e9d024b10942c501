/** Whether a run that had to refuse what it was given did so. Pure. */
export interface Refusal {
  readonly input: string;
  /** Has to be in what Ansible says; line breaks do not matter. */
  readonly sentence: string;
}

export function refusalProblems(
  { input, sentence }: Refusal,
  { exitCode, stdout, stderr }: { readonly exitCode: number; readonly stdout: string; readonly stderr: string },
): string[] {
  const said = `${stdout}\n${stderr}`.replaceAll(/\s+/gu, ' ');
  const touched = [...stdout.matchAll(/^(?<host>\S+)\s+: ok=\d+\s+changed=(?<count>[1-9]\d*)/gmu)];
  return [
    ...(exitCode === 0 ? ['is not refused'] : []),
    ...(said.includes(sentence) ? [] : [`nobody is told "${sentence}", but: ${said.slice(-600).trim()}`]),
    ...touched.map(({ groups }) => `${groups?.['host']} was changed by ${groups?.['count']} tasks first`),
  ].map(problem => `${input}: ${problem}`);
}
