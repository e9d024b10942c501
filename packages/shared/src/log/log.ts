/**
 * One JSON object per line, in the field names Google Cloud Logging and Workers Logs both read.
 * `event` is `noun.past_verb`; fields are facts, never payloads, texts of people or secrets.
 */
export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | boolean | undefined>>;

export function createLog(deployable: string, write: (line: string) => void = line => console.log(line)): Log {
  const emit = (severity: string) => (event: string, fields?: LogFields) =>
    write(JSON.stringify({ severity, deployable, event, ...fields }));
  return { info: emit('INFO'), warn: emit('WARNING'), error: emit('ERROR') };
}
