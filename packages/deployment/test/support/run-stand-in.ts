import { readFileSync, writeFileSync } from 'node:fs';
import type { Program } from '../../src/programs/program-runner.ts';
import type { CloudWorld } from '../../src/testing/cloud-world.ts';
import { STAND_IN_PROGRAMS } from '../../src/testing/stand-in-programs.ts';

/** One of the stand-in programs as an executable: its world lies in a file, as the real ones' lies at their vendors. */
const [program, ...args] = process.argv.slice(2);
const file = process.env['HOME'] ?? '';
const path = `${file}/world.json`;
const world = JSON.parse(readFileSync(path, 'utf8')) as CloudWorld;
writeFileSync(`${file}/calls.log`, `${program} ${args.join(' ')}\n`, { flag: 'a' });

const environment = Object.fromEntries(Object.entries(process.env).map(([name, value]) => [name, value ?? '']));
const run = STAND_IN_PROGRAMS[program as Program];
const { exitCode, stdout, stderr } = run(args, world, {
  cwd: process.cwd(),
  environment,
  readText: name => readFileSync(name, 'utf8'),
});
writeFileSync(path, JSON.stringify(world));
process.stdout.write(stdout);
process.stderr.write(stderr);
process.exitCode = exitCode;
