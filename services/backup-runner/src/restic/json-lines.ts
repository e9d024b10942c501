import * as z from 'zod';

/**
 * restic's JSON lines while it works, each parsed once. Pure. Kinds this product has no use for are `ignored` on
 * purpose: restic adds new ones without notice. In spite of `--json` it writes some warnings as plain text.
 */
const count = z.int().nonnegative();

const Status = z.object({
  message_type: z.literal('status'),
  /** What was found so far. Absent for a stream, whose end nobody knows. */
  total_bytes: count.default(0),
  bytes_done: count.default(0),
  bytes_restored: count.default(0),
});

const ErrorMessage = z.object({
  message_type: z.literal('error'),
  error: z.object({ message: z.string() }).optional(),
  message: z.string().optional(),
});

const ExitError = z.object({ message_type: z.literal('exit_error'), code: z.int(), message: z.string() });

const Kind = z.looseObject({ message_type: z.string() });

export type ResticLine =
  | { readonly kind: 'status'; readonly bytesDone: number; readonly bytesTotal: number }
  /** Shaped by the command: parsed by who asked for it. */
  | { readonly kind: 'summary'; readonly summary: unknown }
  | { readonly kind: 'node'; readonly node: unknown }
  /** Of one file, one lock, one pack; the command may go on. */
  | { readonly kind: 'error'; readonly text: string }
  /** Why the command ended. */
  | { readonly kind: 'exit_error'; readonly text: string }
  | { readonly kind: 'plain'; readonly text: string }
  | { readonly kind: 'ignored' }
  /** Looks like JSON and is none, or is not what its kind says. */
  | { readonly kind: 'broken' };

const BROKEN: ResticLine = { kind: 'broken' };

export function parseLine(line: string): ResticLine {
  if (line.trim() === '') return { kind: 'ignored' };
  if (!line.startsWith('{')) return { kind: 'plain', text: line };
  const message = Kind.safeParse(parseJson(line));
  if (!message.success) return BROKEN;
  switch (message.data.message_type) {
    case 'status': {
      const status = Status.safeParse(message.data);
      if (!status.success) return BROKEN;
      const { bytes_done, bytes_restored, total_bytes } = status.data;
      return { kind: 'status', bytesDone: Math.max(bytes_done, bytes_restored), bytesTotal: total_bytes };
    }
    case 'summary':
      return { kind: 'summary', summary: message.data };
    case 'node':
      return { kind: 'node', node: message.data };
    case 'error': {
      const error = ErrorMessage.safeParse(message.data);
      return error.success ? { kind: 'error', text: error.data.error?.message ?? error.data.message ?? '' } : BROKEN;
    }
    case 'exit_error': {
      const exit = ExitError.safeParse(message.data);
      return exit.success ? { kind: 'exit_error', text: exit.data.message } : BROKEN;
    }
    default:
      return { kind: 'ignored' };
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // No JSON: no schema takes `undefined`.
  }
}
