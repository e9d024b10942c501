import { expect, it } from 'vitest';
import { backupProgramProblems, Versions } from './backup-programs.ts';

const problems = (changes: object = {}): string[] =>
  backupProgramProblems(
    Versions.parse({
      mongodb_image: 'docker.io/library/mongo:8.0.20@sha256:00',
      postgres_image: 'docker.io/library/postgres:17.7-bookworm',
      seaweedfs_image: 'docker.io/chrislusf/seaweedfs:4.44',
      backup_image_mongodb_version: '8.0.20',
      backup_image_postgres_major: 17,
      backup_image_weed_version: '4.44',
      ...changes,
    }),
  );

it('finds a server that was raised without the image of its backup', () => {
  expect(problems()).toEqual([]);
  expect(problems({ backup_image_postgres_major: 18 })).toEqual([]);
  expect(problems({ mongodb_image: 'mongo:8.0.21' }).join()).toContain('is 8.0.20, the servers have 8.0.21');
  expect(problems({ seaweedfs_image: 'weed:4.45' }).join()).toContain('is 4.44, the servers have 4.45');
  expect(problems({ postgres_image: 'postgres:18.1' }).join()).toContain('is 17, the servers have 18.1');
});
