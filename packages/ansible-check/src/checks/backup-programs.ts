import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import * as z from 'zod';
import type { Check } from '../check.ts';
import { ANSIBLE } from '../folders.ts';

/** Whether the backup server's image has the programs of the servers that it backs up. */
export const backupPrograms: Check = {
  name: 'backup programs',
  run: async () => {
    const read = async (role: string): Promise<unknown> =>
      parse(await readFile(join(ANSIBLE, 'roles', role, 'defaults/main.yml'), 'utf8'));
    const roles = ['backup_image', 'apps/mongodb', 'apps/postgres', 'core/seaweedfs'];
    const versions = Versions.parse(Object.assign({}, ...(await Promise.all(roles.map(read)))));
    return { seen: 'versions of the servers and of the backup image', problems: backupProgramProblems(versions) };
  },
};

const tag = z.string().transform(image => /:(?<tag>[^:@]+)(?:@.*)?$/u.exec(image)?.groups?.['tag'] ?? '');
export const Versions = z.object({
  mongodb_image: tag,
  postgres_image: tag,
  seaweedfs_image: tag,
  backup_image_mongodb_version: z.string(),
  backup_image_postgres_major: z.int(),
  backup_image_weed_version: z.string(),
});

/** mongod has to be the same, weed speaks with its own filer, and pg_dump refuses a newer server. Pure. */
export function backupProgramProblems(versions: z.infer<typeof Versions>): string[] {
  const { mongodb_image, postgres_image, seaweedfs_image } = versions;
  const { backup_image_mongodb_version, backup_image_postgres_major, backup_image_weed_version } = versions;
  return [
    ...(backup_image_mongodb_version === mongodb_image
      ? []
      : [`backup_image_mongodb_version is ${backup_image_mongodb_version}, the servers have ${mongodb_image}`]),
    ...(backup_image_weed_version === seaweedfs_image
      ? []
      : [`backup_image_weed_version is ${backup_image_weed_version}, the servers have ${seaweedfs_image}`]),
    ...(backup_image_postgres_major >= Number.parseInt(postgres_image, 10)
      ? []
      : [`backup_image_postgres_major is ${backup_image_postgres_major}, the servers have ${postgres_image}`]),
  ].map(problem => `${problem}: set it in roles/backup_image/defaults/main.yml, and make the snapshot anew`);
}
