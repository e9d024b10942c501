import { once } from 'node:events';
import { counted, namesDatabase, say, withServer } from '../mongo-connection.ts';
import { readOptions, UsageError } from '../program-options.ts';
import { runProgram } from '../run-program.ts';
import { dumpToArchive } from './dump-to-archive.ts';

/** `mongodump --config=FILE --oplog --archive`: an archive on standard output, as the real program writes it. */
await runProgram('mongodump', async args => {
  const options = readOptions(args, {
    config: 'value',
    uri: 'value',
    oplog: 'flag',
    archive: 'flag',
    readPreference: 'value',
    numParallelCollections: 'value',
  });
  if (options.operands.length > 0) throw new UsageError('positional arguments not allowed');
  if (!options.flags.has('archive')) throw new UsageError('only --archive to standard output is here');
  if (options.flags.has('oplog') && namesDatabase(options)) {
    say('Failed: bad option: --oplog mode only supported on full dumps');
    return 1;
  }
  return await withServer(options, async client => {
    const entries = await dumpToArchive(client, {
      withOplog: options.flags.has('oplog'),
      parallel: Number(options.values.get('numParallelCollections') ?? 4),
      async write(bytes) {
        if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
      },
      say,
    });
    if (entries !== undefined) say(`\tdumped ${counted(entries, 'oplog entry', 'oplog entries')}`);
  });
});
