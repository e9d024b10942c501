import { expect, test } from 'vitest';
import { withDatabase } from './reach-mongo.ts';

test.each([
  ['mongodb://127.0.0.1:27017/rocketchat?replicaSet=rs0', 'mongodb://127.0.0.1:27017/t?replicaSet=rs0'],
  ['mongodb://127.0.0.1:27017', 'mongodb://127.0.0.1:27017/t?'],
  ['mongodb://a:1,b:2/?replicaSet=rs0', 'mongodb://a:1,b:2/t?replicaSet=rs0'],
  ['mongodb://me:pass@a:1/chat', 'mongodb://me:pass@a:1/t?authSource=chat'],
  ['mongodb+srv://me:pass@a/?authSource=x', 'mongodb+srv://me:pass@a/t?authSource=x'],
])('%s becomes that of another database, with the same rights', (address, expected) => {
  expect(withDatabase(address, 't')).toBe(expected);
});
