import type { BsonDocument } from '../bson/bson-document.ts';

/** Codes as the server names them. */
const NAMES = {
  2: 'BadValue',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  20: 'IllegalOperation',
  26: 'NamespaceNotFound',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  73: 'InvalidNamespace',
  91: 'ShutdownInProgress',
  136: 'CappedPositionLost',
  189: 'PrimarySteppedDown',
  225: 'TransactionTooOld',
  260: 'InvalidResumeToken',
  263: 'OperationNotSupportedInTransaction',
  280: 'ChangeStreamFatalError',
  286: 'ChangeStreamHistoryLost',
  10_107: 'NotWritablePrimary',
  10_334: 'BSONObjectTooLarge',
  11_000: 'DuplicateKey',
  11_602: 'InterruptedDueToReplStateChange',
  13_435: 'NotPrimaryNoSecondaryOk',
} as const satisfies Record<number, string>;

export interface CommandErrorDetails {
  readonly labels?: readonly string[] | undefined;
  readonly codeName?: string | undefined;
  /** More fields of the answer, such as `keyPattern` of a duplicate key. */
  readonly fields?: BsonDocument | undefined;
}

/** A command's refusal, as it is answered. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly labels: readonly string[];
  readonly fields: BsonDocument;

  constructor(code: number, message: string, details: CommandErrorDetails = {}) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.codeName = details.codeName ?? nameOfCode(code);
    this.labels = details.labels ?? [];
    this.fields = details.fields ?? new Map();
  }
}

/** Codes without a name of their own are called by their location in the server's source. */
function nameOfCode(code: number): string {
  return code in NAMES ? NAMES[code as keyof typeof NAMES] : `Location${code}`;
}
