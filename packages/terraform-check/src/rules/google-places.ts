import { oneOf } from './make-rule.ts';
import type { Rule } from './rule.ts';

/** Where Google has what this repository uses. Pure. */
const REGIONS = [
  ...['africa-south1', 'asia-east1', 'asia-east2', 'asia-northeast1', 'asia-northeast2', 'asia-northeast3'],
  ...['asia-south1', 'asia-south2', 'asia-southeast1', 'asia-southeast2', 'australia-southeast1'],
  ...['australia-southeast2', 'europe-central2', 'europe-north1', 'europe-southwest1', 'europe-west1', 'europe-west10'],
  ...['europe-west12', 'europe-west2', 'europe-west3', 'europe-west4', 'europe-west6', 'europe-west8', 'europe-west9'],
  ...['me-central1', 'me-central2', 'me-west1', 'northamerica-northeast1', 'northamerica-northeast2'],
  ...['southamerica-east1', 'southamerica-west1', 'us-central1', 'us-east1', 'us-east4', 'us-east5', 'us-south1'],
  ...['us-west1', 'us-west2', 'us-west3', 'us-west4'],
];
const FIRESTORE_MULTI_REGIONS = ['eur3', 'nam5', 'nam7'];
const KMS_MULTI_REGIONS = ['asia', 'eur3', 'eur4', 'europe', 'global', 'us'];

const IN_A_REGION: readonly (readonly [type: string, place: string])[] = [
  ['google_cloud_run_v2_service_iam_member', 'location'],
  ['google_cloud_scheduler_job', 'region'],
  ['google_secret_manager_secret', 'replication.*.user_managed.*.replicas.*.location'],
];

export const PLACE_RULES: readonly Rule[] = [
  ...IN_A_REGION.map(([type, place]) => oneOf(type, place, 'region of Google Cloud', REGIONS)),
  oneOf('google_firestore_database', 'location_id', 'location of Firestore', [...REGIONS, ...FIRESTORE_MULTI_REGIONS]),
  oneOf('google_kms_key_ring', 'location', 'location of Cloud KMS', [...REGIONS, ...KMS_MULTI_REGIONS]),
  oneOf('google_storage_bucket', 'location', 'location of Cloud Storage', [
    ...['ASIA', 'EU', 'US'],
    ...REGIONS.flatMap(region => [region.toUpperCase(), region]),
  ]),
];
