/**
 * Which Google emulators the local stack runs, and how their files are recognised. No I/O.
 * Both are Java archives inside the Google Cloud SDK; their behaviour differs between versions, so a download is pinned.
 */
export type EmulatorName = 'firestore' | 'pubsub';

export interface EmulatorPin {
  /** Component of the Google Cloud SDK that carries the archive. */
  readonly component: string;
  /** Folder under the SDK's `platform/`, and inside the component's own archive. */
  readonly folder: string;
  /** The archive's file name; the version stands in it where Google puts it there. */
  readonly jarPattern: RegExp;
  /** Path of the pinned archive below the SDK's root. */
  readonly jarPath: string;
  readonly jarSha256: string;
}

/** The SDK release whose emulators every test of this repository ran against. */
export const SDK_VERSION = '528.0.0';

/**
 * The SDK's versioned, unchanging component list: names the archive of each component. What is unpacked from there is
 * trusted only by `jarSha256`, so neither this list nor the archive needs a checksum of its own.
 */
export const SDK_CHANNEL_URL = 'https://dl.google.com/dl/cloudsdk/channels/rapid';
export const SDK_MANIFEST_URL = `${SDK_CHANNEL_URL}/components-v${SDK_VERSION}.json`;

export const EMULATOR_PINS: Readonly<Record<EmulatorName, EmulatorPin>> = {
  firestore: {
    component: 'cloud-firestore-emulator',
    folder: 'cloud-firestore-emulator',
    jarPattern: /^cloud-firestore-emulator.*\.jar$/u,
    jarPath: 'platform/cloud-firestore-emulator/cloud-firestore-emulator.jar',
    jarSha256: '9cbcb624132d5de4d07cbc1c4f392e0b77aaf4ac0816187757897f0a6a3c182c',
  },
  pubsub: {
    component: 'pubsub-emulator',
    folder: 'pubsub-emulator/lib',
    jarPattern: /^cloud-pubsub-emulator-.*-all\.jar$/u,
    jarPath: 'platform/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.20-all.jar',
    jarSha256: '056bc216749e95ef495a81c9fa96b66863cedfb1b80b4d78ee8e3bde5a7b452f',
  },
};

/** Absolute path per emulator. */
export type EmulatorJars = Readonly<Record<EmulatorName, string>>;
