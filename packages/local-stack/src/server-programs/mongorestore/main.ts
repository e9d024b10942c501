import { createReadStream } from 'node:fs';
import { readArchive } from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import { counted, namesDatabase, say, withServer } from '../mongo-connection.ts';
import { readOptions, UsageError } from '../program-options.ts';
import { runProgram } from '../run-program.ts';
import { namespaceFilter, namespaceRename } from './namespace-filter.ts';
import { restoreArchive } from './restore-archive.ts';

/** `mongorestore --uri=… --archive[=FILE] --oplogReplay`: reads an archive, from standard input without a file. */
await runProgram('mongorestore', async args => {
  const options = readOptions(args, {
    config: 'value',
    uri: 'value',
    archive: 'either',
    oplogReplay: 'flag',
    nsInclude: 'value',
    nsFrom: 'value',
    nsTo: 'value',
    drop: 'flag',
    stopOnError: 'flag',
    dryRun: 'flag',
  });
  if (options.operands.length > 0) throw new UsageError('only --archive is here, no folders');
  const file = options.values.get('archive');
  if (file === undefined && !options.flags.has('archive')) throw new UsageError('only --archive is here, no folders');
  if (options.flags.has('oplogReplay') && (options.values.has('nsInclude') || options.values.has('nsFrom')))
    throw new UsageError('cannot use --oplogReplay with includes or renames specified');
  if (namesDatabase(options)) {
    if (!options.flags.has('oplogReplay')) throw new UsageError('a database in the address is --db, which is not here');
    say('Failed: cannot use --oplogReplay with includes specified');
    return 1;
  }
  return await withServer(options, async client => {
    const { restored, failed, replayed } = await restoreArchive(
      client,
      readArchive(file === undefined ? process.stdin : createReadStream(file)),
      {
        includes: namespaceFilter(options.values.get('nsInclude')),
        rename: namespaceRename(options.values.get('nsFrom'), options.values.get('nsTo')),
        replayOplog: options.flags.has('oplogReplay'),
        dropFirst: options.flags.has('drop'),
        stopOnError: options.flags.has('stopOnError'),
        dryRun: options.flags.has('dryRun'),
        say,
      },
    );
    if (options.flags.has('oplogReplay')) say(`applied ${counted(replayed, 'oplog entry', 'oplog entries')}`);
    say(`${restored} document(s) restored successfully. ${failed} document(s) failed to restore.`);
  });
});
