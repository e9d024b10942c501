import * as z from 'zod';

/** What Docker's daemon gives to containers that do not say otherwise. Pure. */
const Limit = z.object({ Name: z.literal('nofile'), Soft: z.int(), Hard: z.int() });
const Daemon = z.looseObject({ 'default-ulimits': z.looseObject({ nofile: Limit }) });

/** What MongoDB asks for; it holds a file open for each collection and index, and ends when it may open no more. */
const OPEN_FILES_MIN = 64_000;

/** `settings`: `daemon.json`, parsed. */
export function daemonProblems(settings: unknown): string[] {
  const { data, error } = Daemon.safeParse(settings);
  if (data === undefined) return [`daemon.json: ${z.prettifyError(error)}`];
  const { Soft, Hard } = data['default-ulimits'].nofile;
  return Math.min(Soft, Hard) >= OPEN_FILES_MIN
    ? []
    : [`daemon.json: a container may open ${Math.min(Soft, Hard)} files; MongoDB asks for ${OPEN_FILES_MIN}`];
}
