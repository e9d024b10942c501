/** Firestore as `terraform/modules/gcp/firestore` makes it; a test compares both. */
export const DATABASES = { business: '(default)', ops: 'ops' } as const;

/** Composite indexes of the business database: without one its query fails. */
export const COMPOSITE_INDEXES = [
  { collection: 'records', fields: ['kind', 'receivedAt'], for: 'announcements of bookings' },
  { collection: 'phoneLinks', fields: ['kind', 'numbers'], for: 'linking callers to guests' },
] as const;

/** Fields of the business database at which Firestore removes documents. */
export const EXPIRING_FIELDS = [
  { collection: 'events', field: 'expireAt' },
  { collection: 'reports', field: 'expireAt' },
] as const;
