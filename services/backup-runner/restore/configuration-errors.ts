import type { ConfigError } from '@innkeeper/shared/config/parse-config';

/** Ends a command that cannot work as this machine is set up: with what is missing, and with exit code 2. */
export const explainConfiguration = (command: 'restore' | 'backups', { message }: ConfigError): string => `${message}
The stack on this machine: start it with ./dev up, then ./dev ${command} knows all of these by itself.
Any other: set them in the environment; pnpm ${command} --help says what each is.`;

const NO_CREDENTIALS = /could not load the default credentials/iu;

/**
 * Google's SDK throws where this machine has no credentials, and once more where no caller can catch it. Everything else
 * that nobody caught is a bug and ends as Node would end it.
 */
export function explainMissingCredentials(): void {
  process.on('uncaughtException', error => {
    if (!NO_CREDENTIALS.test(error.message)) {
      console.error(error);
      process.exit(1);
    }
    console.error('This machine has no credentials for Google Cloud: gcloud auth application-default login.');
    process.exit(2);
  });
}
