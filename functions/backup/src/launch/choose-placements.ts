import type { LaunchFailure } from '@innkeeper/shared/contracts/backup/failure';
import { RUNNER_PROTOCOL } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ServerCandidate } from '../backup-ports.ts';
import type { ServerImage, ServerOffer } from '../ports.ts';
import { isAtLeast } from './runner-version.ts';

/** Which snapshot on which server types in which places: every way to have a server tonight, in order. Pure. */
export interface Placement {
  readonly image: ServerImage;
  readonly runnerVersion: string;
  readonly offer: ServerOffer;
}

export interface NoPlacement {
  readonly reason: LaunchFailure;
  readonly detail: string;
  /** Of the newest snapshot there is, when it is too old. */
  readonly outdated?: string | undefined;
}

interface RunnerImage extends ServerImage {
  readonly runnerVersion: string;
}

/** Answers also what is sold out at the moment (`offer.available`), but nothing that can never work. */
export function choosePlacements(options: {
  /** Newest first. */
  readonly images: readonly ServerImage[];
  readonly offers: readonly ServerOffer[];
  readonly candidates: readonly ServerCandidate[];
  readonly runnerVersionMin: string;
}): Result<readonly Placement[], NoPlacement> {
  const { images, offers, candidates, runnerVersionMin } = options;
  const usable = images.filter((image): image is RunnerImage => isUsable(image, runnerVersionMin));
  if (usable.length === 0) return err(whyNoImage(images, runnerVersionMin));
  const offered = candidates.flatMap(candidate =>
    offers.filter(({ type, location }) => type === candidate.type && location === candidate.location),
  );
  const placements = offered.flatMap(offer => {
    const image = usable.find(
      ({ architecture, diskGb }) => architecture === offer.architecture && diskGb <= offer.diskGb,
    );
    return image === undefined ? [] : [{ image, runnerVersion: image.runnerVersion, offer }];
  });
  return placements.length > 0 ? ok(placements) : err(whyNoPlacement(usable, offered, candidates));
}

const isUsable = (image: ServerImage, minimum: string): boolean =>
  image.protocol === RUNNER_PROTOCOL && isAtLeast(image.runnerVersion, minimum);

function whyNoImage(images: readonly ServerImage[], minimum: string): NoPlacement {
  const [newest] = images;
  if (newest === undefined)
    return { reason: 'no_snapshot_image', detail: 'no snapshot with the label of a backup server' };
  const { id, protocol, runnerVersion } = newest;
  const has = `runner ${runnerVersion ?? 'unknown'}, protocol ${protocol ?? 'unknown'}`;
  const detail = `newest snapshot ${id} has ${has}; needed are ${minimum} and ${RUNNER_PROTOCOL}`;
  return { reason: 'runner_outdated', detail, outdated: runnerVersion };
}

function whyNoPlacement(
  images: readonly RunnerImage[],
  offered: readonly ServerOffer[],
  candidates: readonly ServerCandidate[],
): NoPlacement {
  const names = (places: readonly ServerCandidate[]): string =>
    places.map(({ type, location }) => `${type}@${location}`).join(', ');
  if (offered.length === 0) return { reason: 'hetzner_refused', detail: `not offered at all: ${names(candidates)}` };
  const fitting = offered.filter(({ architecture }) => images.some(image => image.architecture === architecture));
  if (fitting.length === 0) {
    const architectures = [...new Set(images.map(({ architecture }) => architecture))].join(', ');
    return { reason: 'image_architecture_differs', detail: `snapshots are for ${architectures}: ${names(offered)}` };
  }
  const needed = Math.min(...images.map(({ diskGb }) => diskGb));
  return { reason: 'image_larger_than_disk', detail: `snapshot needs ${needed} GB: ${names(fitting)}` };
}
