import { type ParseArgsConfig, parseArgs } from 'node:util';

/**
 * The arguments of a command. `--help` prints the help and ends the process; an argument that does not exist prints
 * what is wrong and ends it with 2.
 */
export function readArguments<const T extends ParseArgsConfig>(
  help: string,
  config: T,
): ReturnType<typeof parseArgs<T>> {
  if (process.argv.slice(2).some(word => word === '--help' || word === '-h')) {
    console.log(help);
    process.exit(0);
  }
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error)) throw error;
    console.error(`${error.message}\n\n${help}`);
    process.exit(2);
  }
}
