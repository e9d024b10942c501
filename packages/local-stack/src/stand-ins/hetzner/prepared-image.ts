import type { ImageRow } from './hetzner-rows.ts';

/** The snapshot that backup servers start from, as a project has it that was set up. */
export const PREPARED_IMAGE: ImageRow = {
  id: 7001,
  description: 'prepared backup server',
  architecture: 'x86',
  diskGb: 40,
  status: 'available',
  createdAt: '2026-11-01T00:00:00Z',
  labels: { role: 'backup-runner', runner: '0.1.0', protocol: '1' },
};
