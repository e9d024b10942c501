/** A vendor's OpenAPI description, as far as it is read, and what is kept of it. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

export interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: JsonObject;
}

export interface OpenApi {
  readonly info: { readonly version: string };
  readonly paths: Record<
    string,
    Record<
      string,
      {
        parameters?: (Parameter | { $ref: string })[];
        requestBody?: JsonObject;
        responses?: Record<string, JsonObject>;
      }
    >
  >;
  readonly components: { readonly schemas?: Record<string, Json>; readonly parameters?: Record<string, Parameter> };
}

export interface Vendor {
  readonly output: string;
  readonly licence: string;
  readonly files: readonly { readonly name: string; readonly from: string; readonly operations: readonly string[] }[];
  /** The stand-in checks its own answers too. */
  readonly withReplies?: true;
  /** What the description leaves out or has wrong, each with the reason beside it. */
  readonly patch: (operations: Record<string, ReducedOperation>, definitions: Record<string, Json>) => void;
}

export interface ReducedOperation {
  readonly query?: JsonObject;
  readonly body?: JsonObject;
  /** Of success. */
  readonly reply?: JsonObject;
}

export function objectAt(schema: JsonObject | undefined, ...keys: readonly string[]): JsonObject | undefined {
  let at: Json | undefined = schema;
  for (const key of keys) at = (at as JsonObject | undefined)?.[key];
  return at as JsonObject | undefined;
}
