import { readFileSync } from 'node:fs';

/**
 * Loaded into every program of a rehearsal (`--import`) in the place of DNS and TLS: names of the environment lead to
 * what stands in for them on this machine, and nothing else outside it can be reached, whatever credentials lie about.
 */
const file = process.env['REHEARSAL_NAMES'] ?? '';
const LOCAL = /^(?:127\.0\.0\.1|localhost|\[::1\])$/u;
const reach = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const asked = new URL(input instanceof Request ? input.url : input);
  if (LOCAL.test(asked.hostname)) return reach(input, init);
  const names = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
  const origin = names[asked.hostname];
  if (origin === undefined) throw new TypeError(`fetch failed: ${asked.hostname} has no stand-in in this rehearsal`);
  const request = new Request(input, init);
  request.headers.set('x-rehearsed-host', asked.hostname);
  return reach(new Request(new URL(`${asked.pathname}${asked.search}`, origin), request));
};
