/** How a push endpoint answers Pub/Sub, which takes 102, 200, 201, 202 and 204 for an acknowledgement. */
export const ACKNOWLEDGED = 204;
/** Not of Pub/Sub's making. */
export const BAD_REQUEST = 400;
/** Pushed again with the subscription's back-off, until it is a dead letter. */
export const PUSH_AGAIN = 503;
