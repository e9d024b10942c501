/**
 * What a Worker has been given, as far as Cloudflare tells: the names of its secrets. Beside `GROQ_API_KEY` stands a
 * secret `GROQ_API_KEY__V3`, set in the same call: its name says which version of Secret Manager the value came from.
 * Pure.
 */
const MARKER = /^(.+)__V(\d+)$/u;

export const markerOf = (variable: string, version: number): string => `${variable}__V${version}`;

export function readMarker(name: string): { readonly variable: string; readonly version: number } | undefined {
  const [, variable, version] = MARKER.exec(name) ?? [];
  return variable === undefined ? undefined : { variable, version: Number(version) };
}

/** `behind`: it has another version, or one that nobody noted. */
export type PushedState = 'current' | 'behind' | 'absent';

export function pushedState(names: readonly string[], variable: string, version: number): PushedState {
  if (!names.includes(variable)) return 'absent';
  const marked = names.flatMap(name => {
    const marker = readMarker(name);
    return marker?.variable === variable ? [marker.version] : [];
  });
  return marked.length === 1 && marked[0] === version ? 'current' : 'behind';
}
