import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { lastLineOf } from '../catalogue/secret-form.ts';
import { terminal } from './terminal.ts';

/** A terminal at which `typed` is typed, and all that it showed. */
function open(typed: string, isTTY = true) {
  const [input, out, err] = [Object.assign(new PassThrough(), { isTTY }), new PassThrough(), new PassThrough()];
  input.end(typed);
  return { ...terminal({ input, out, err }), shown: () => `${String(out.read() ?? '')}${String(err.read() ?? '')}` };
}

const PEM = ['-----BEGIN OPENSSH PRIVATE KEY-----', 'bm90aGluZw==', '-----END OPENSSH PRIVATE KEY-----'];

test('a value is one line, and nothing of it is shown', async () => {
  const typed = open('a-secret\nanother line\n');
  expect((await typed.readSecret('what: ')).reveal()).toBe('a-secret');
  expect(typed.shown()).toBe('what: \n');
});

test('a key that is pasted is read to its last line', async () => {
  const typed = open([...PEM, 'a line behind it', ''].join('\n'));
  expect((await typed.readSecret('what: ', lastLineOf('pem'))).reveal()).toBe(PEM.join('\n'));
  expect(typed.shown()).toBe('what: \n');
});

test.each(['\u0003', '\u0004', `${PEM[0]}\n`])('what is broken off is no value, and no yes: %j', async typed => {
  expect((await open(typed).readSecret('what: ', lastLineOf('pem'))).reveal()).toBe('');
  expect(await open(typed).confirm('Replace it?')).toBe(false);
});

test('what is piped is all of it', async () => {
  expect((await open(`${PEM.join('\n')}\n`, false).readSecret('what: ')).reveal()).toBe(PEM.join('\n'));
});
