import * as z from 'zod';
import { processVariables, runStandIn } from '../run-stand-in.ts';
import { parseJson } from '../stand-in-server.ts';
import { ImageRow } from './hetzner-rows.ts';
import { PREPARED_IMAGE } from './prepared-image.ts';
import { startHetzner } from './start-hetzner.ts';

const Config = z.object({
  ...processVariables,
  HCLOUD_TOKEN: z.string(),
  BACKUP_RUNNER_PROGRAM: z.string().startsWith('/').describe('absolute path of the runner that servers start'),
  SERVER_PROGRAMS: z.string().startsWith('/').describe('folder that comes first on the PATH of servers'),
  SERVER_IMAGES: z
    .string()
    .default(JSON.stringify([PREPARED_IMAGE]))
    .transform(text => parseJson(Buffer.from(text)))
    .pipe(z.array(ImageRow))
    .describe('prepared snapshots, JSON'),
  PATH: z.string().default(''),
  RESTIC_BINARY: z.string().optional(),
});

const PREFIX = 'SERVER_ENV_';

/** Variables of the small programs on the servers: `SERVER_ENV_X=1` is `X=1` there. */
const forServers = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) =>
    name.startsWith(PREFIX) && value !== undefined ? [[name.slice(PREFIX.length), value]] : [],
  ),
);

await runStandIn('hetzner', Config, config =>
  startHetzner({
    port: config.PORT,
    stateDirectory: config.STATE_DIRECTORY,
    token: config.HCLOUD_TOKEN,
    images: config.SERVER_IMAGES,
    runner: {
      program: config.BACKUP_RUNNER_PROGRAM,
      environment: {
        ...forServers,
        PATH: `${config.SERVER_PROGRAMS}:${config.PATH}`,
        ...(config.RESTIC_BINARY === undefined ? {} : { RESTIC_BINARY: config.RESTIC_BINARY }),
      },
    },
  }),
);
