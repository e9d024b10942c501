/** What stands on the PATH in a vendor's program's place: hands its words to the rehearsal, and ends as that says. */
const [desk = '', program = '', ...args] = process.argv.slice(2);

const reply = await fetch(desk, {
  method: 'POST',
  body: JSON.stringify({ program, args, cwd: process.cwd(), environment: process.env }),
});
const run = (await reply.json()) as { exitCode: number; stdout: string; stderr: string };
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
process.exitCode = run.exitCode;
