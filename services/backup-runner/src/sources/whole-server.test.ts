import { expect, test } from 'vitest';
import { wholeServer } from './whole-server.ts';

test('the database goes from the address, and stays where the user is looked for', () => {
  const addresses = {
    'mongodb://a:27017,b:27017/?replicaSet=rs0': 'mongodb://a:27017,b:27017/?replicaSet=rs0',
    'mongodb://a:27017': 'mongodb://a:27017',
    'mongodb://a:27017/rocketchat': 'mongodb://a:27017/',
    'mongodb://a/rocketchat?replicaSet=rs0': 'mongodb://a/?replicaSet=rs0',
    'mongodb://me:pass@a/rocketchat': 'mongodb://me:pass@a/?authSource=rocketchat',
    'mongodb://me:pass%2F@a,b/rocketchat?replicaSet=rs0':
      'mongodb://me:pass%2F@a,b/?replicaSet=rs0&authSource=rocketchat',
    'mongodb://me:pass@a/chat?authsource=admin&tls=true': 'mongodb://me:pass@a/?authsource=admin&tls=true',
    'mongodb+srv://me:pass@cluster.example/admin': 'mongodb+srv://me:pass@cluster.example/?authSource=admin',
  };
  expect(Object.keys(addresses).map(wholeServer)).toEqual(Object.values(addresses));
});
