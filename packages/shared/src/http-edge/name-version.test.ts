import { describe, expect, it } from 'vitest';
import { nameVersion } from './name-version.ts';

describe('nameVersion', () => {
  it('adds the version, and leaves status, headers and body as they are', async () => {
    const answer = Response.json({ ok: false }, { status: 503, headers: { 'retry-after': '2' } });
    const named = nameVersion(answer, { VERSION: { id: 'version-7' } });
    expect(Object.fromEntries(named.headers)).toEqual({
      'content-type': 'application/json',
      'retry-after': '2',
      'x-worker-version': 'version-7',
    });
    expect(named.status).toBe(503);
    expect(await named.json()).toEqual({ ok: false });
  });

  it('names an answer without a body, and one whose headers are fixed', () => {
    expect(nameVersion(new Response(null, { status: 204 }), { VERSION: { id: 'v' } }).status).toBe(204);
    const fixed = Response.redirect('https://example.com/');
    expect(nameVersion(fixed, { VERSION: { id: 'v' } }).headers.get('x-worker-version')).toBe('v');
  });

  it('hands on what nobody deployed', () => {
    const answer = new Response('as it is');
    expect(nameVersion(answer, {})).toBe(answer);
  });
});
