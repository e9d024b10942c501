import { startMongo } from '../stand-ins/mongodb/start-mongo.ts';
import { demandValue, readOptions, UsageError } from './program-options.ts';
import { runProgram } from './run-program.ts';
import { untilStopped } from './until-stopped.ts';

/**
 * `mongod --dbpath=DIR --port=N --bind_ip=127.0.0.1`: the stand-in of MongoDB as a server of its own, until SIGTERM.
 * Of the server's parameters it knows `--setParameter=ttlMonitorEnabled=false`.
 */
await runProgram('mongod', async args => {
  const options = readOptions(args, {
    dbpath: 'value',
    port: 'value',
    bind_ip: 'value',
    nounixsocket: 'flag',
    quiet: 'flag',
    wiredTigerCacheSizeGB: 'value',
    setParameter: 'value',
  });
  if (demandValue(options, 'bind_ip') !== '127.0.0.1') throw new UsageError('only --bind_ip=127.0.0.1 is here');
  const parameter = options.values.get('setParameter');
  const isKept = parameter === 'ttlMonitorEnabled=false';
  if (parameter !== undefined && !isKept) throw new UsageError(`there is no parameter ${parameter} here`);
  const stopped = untilStopped();
  const mongo = await startMongo({
    port: Number(demandValue(options, 'port')),
    stateDirectory: demandValue(options, 'dbpath'),
    ttlMonitorEnabled: !isKept,
  });
  console.log(JSON.stringify({ s: 'I', c: 'NETWORK', msg: 'Waiting for connections', attr: { port: mongo.port } }));
  await stopped;
  await mongo.close();
  return 0;
});
