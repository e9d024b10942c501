/** Runs an imitated program to its end: whatever it throws is one line on standard error and the exit code. */
export async function runProgram(
  name: string,
  main: (args: readonly string[]) => Promise<number>,
  failureCode = 1,
): Promise<void> {
  try {
    process.exitCode = await main(process.argv.slice(2));
  } catch (error) {
    console.error(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = failureCode;
  }
}
