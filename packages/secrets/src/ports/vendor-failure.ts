/** Why a vendor did not do what was asked. Holds names and numbers only: never a value, a reply or an address. */
export type VendorFailure =
  /** Nobody gave a token, so nothing was asked. */
  | { readonly kind: 'no_token'; readonly service: keyof typeof TOKEN_MISSING }
  /** The token or login is wrong, or has expired. */
  | { readonly kind: 'unauthorized'; readonly service: Service }
  /** `right`: what is missing, by the vendor's own name. */
  | { readonly kind: 'forbidden'; readonly service: Service; readonly right: string }
  | { readonly kind: 'missing'; readonly service: Service; readonly what: string }
  | { readonly kind: 'unreachable'; readonly service: Service }
  | { readonly kind: 'busy'; readonly service: Service }
  /** The newest version of the Worker does not serve, as after a rollback; a changed secret would deploy it. */
  | { readonly kind: 'newer_version_waits'; readonly service: Service; readonly worker: string }
  | { readonly kind: 'unexpected'; readonly service: Service; readonly status: number; readonly code?: number };

export type Service = 'Google' | 'Cloudflare' | 'Qdrant Cloud' | 'the cluster of Qdrant' | 'GitHub';

const TOKEN_MISSING = {
  Google: 'Nobody is signed in to Google here. Next: gcloud auth application-default login.',
  Cloudflare:
    'CLOUDFLARE_API_TOKEN is not set. Next: read -rs CLOUDFLARE_API_TOKEN && export CLOUDFLARE_API_TOKEN; ' +
    '--help says which rights it needs.',
  'Qdrant Cloud':
    'QDRANT_CLOUD_API_KEY is not set. Next: read -rs QDRANT_CLOUD_API_KEY && export QDRANT_CLOUD_API_KEY; ' +
    'it is made in cloud.qdrant.io, Access Management.',
} as const;

const SIGN_IN: Readonly<Record<Service, string>> = {
  Google: 'sign in again: gcloud auth application-default login',
  Cloudflare: 'make a new token (terraform/README.md, "The first apply") and set CLOUDFLARE_API_TOKEN',
  'Qdrant Cloud': 'make a new management key (Access Management) and set QDRANT_CLOUD_API_KEY',
  'the cluster of Qdrant': 'make new database keys: ./dev secrets qdrant-keys --env ENV',
  GitHub: 'sign in again: gh auth login',
};

/** What happened and what a person does next. */
export function explainFailure(failure: VendorFailure): string {
  const { service } = failure;
  switch (failure.kind) {
    case 'no_token':
      return TOKEN_MISSING[failure.service];
    case 'unauthorized':
      return `${capital(service)} does not take the token: it is wrong, or has expired. Next: ${SIGN_IN[service]}.`;
    case 'forbidden':
      return `${capital(service)} refuses: ${failure.right} is missing. Next: have it granted, or use a token with it.`;
    case 'missing':
      return `${capital(service)} has no ${failure.what}.`;
    case 'unreachable':
      return `${capital(service)} does not answer from here. Next: look at the network, then say it again.`;
    case 'busy':
      return `${capital(service)} asks for fewer calls. Next: wait a minute, then run the same command again.`;
    case 'newer_version_waits':
      return (
        `The newest version of ${failure.worker} does not serve, and a changed secret would deploy it. ` +
        'Next: ./dev deploy the commit that is to serve, then run the same command again.'
      );
    case 'unexpected': {
      const code = failure.code === undefined ? '' : `, code ${failure.code}`;
      return `${capital(service)} answered what nobody expected (status ${failure.status}${code}).`;
    }
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
