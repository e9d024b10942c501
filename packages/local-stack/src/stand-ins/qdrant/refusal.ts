/**
 * An answer other than success, thrown from wherever it is found and turned into HTTP at one place (`qdrant-api.ts`).
 * Messages begin with Qdrant's own category before the first colon; callers may rely on that and on the status.
 */
export class Refusal extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
  }
}

export const wrongInput = (message: string): Refusal => new Refusal(400, `Wrong input: ${message}`);
export const badRequest = (message: string): Refusal => new Refusal(400, `Bad request: ${message}`);
export const formatError = (message: string): Refusal => new Refusal(400, `Format error in JSON body: ${message}`);
export const validationError = (message: string): Refusal =>
  new Refusal(422, `Validation error in JSON body: [${message}]`);
export const notFound = (message: string): Refusal => new Refusal(404, `Not found: ${message}`);
export const collectionMissing = (name: string): Refusal => notFound(`Collection \`${name}\` doesn't exist!`);

/** What real Qdrant does and this stand-in does not: said plainly, so that nobody takes it for an answer. */
export const notInStandIn = (feature: string): Refusal =>
  new Refusal(501, `Not implemented: this stand-in of Qdrant has no ${feature}`);
