import { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { Interaction } from '@innkeeper/shared/contracts/interaction';
import { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import * as z from 'zod';
import type { Stage } from '../deploy/stages.ts';

/** What one deployable writes and another one reads, though they are deployed at different moments. */
export interface Contract {
  readonly id: string;
  readonly meaning: string;
  readonly writer: { readonly stage: Stage; readonly name: string };
  readonly reader: { readonly stage: Stage; readonly name: string };
  /** Of `packages/shared/src/contracts`, with its number in `v`. */
  readonly schema: z.core.$ZodType;
}

const LISTENER = { stage: 'ansible', name: 'mongo-listener' } as const;
const VECTORIZE = { stage: 'functions', name: 'vectorize' } as const;
const ASSISTANT = { stage: 'workers', name: 'llm-query' } as const;
const WEBHOOKS = { stage: 'workers', name: 'the webhook Workers' } as const;

export const CONTRACTS: readonly Contract[] = [
  { id: 'chat-change', meaning: 'changes in the chat', writer: LISTENER, reader: VECTORIZE, schema: ChatChange },
  { id: 'interaction', meaning: 'answers to be searched', writer: ASSISTANT, reader: VECTORIZE, schema: Interaction },
  { id: 'point-payload', meaning: 'points in Qdrant', writer: VECTORIZE, reader: ASSISTANT, schema: PointPayload },
  // Queue and store outlive a version, so a rollback has to read what the new one wrote.
  {
    id: 'inbound-delivery',
    meaning: 'deliveries in a queue',
    writer: WEBHOOKS,
    reader: WEBHOOKS,
    schema: InboundDelivery,
  },
  {
    id: 'stored-event',
    meaning: 'deliveries kept for replay',
    writer: WEBHOOKS,
    reader: WEBHOOKS,
    schema: StoredEvent,
  },
];

/** Of one contract at one commit: the newest number is written, all are read. */
export const ContractVersions = z.record(
  z.string(),
  z.strictObject({ writes: z.int().positive(), reads: z.array(z.int().positive()).min(1) }),
);
export type ContractVersions = z.infer<typeof ContractVersions>;

/** The numbers of this commit, out of the schemas themselves. */
export function contractVersions(contracts: readonly Contract[] = CONTRACTS): ContractVersions {
  return Object.fromEntries(
    contracts.map(({ id, schema }) => {
      const reads = [...new Set(numbersOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })))];
      if (reads.length === 0) throw new Error(`the contract ${id} has no number in "v"`);
      return [id, { writes: Math.max(...reads), reads: reads.toSorted((a, b) => a - b) }];
    }),
  );
}

const Numbered = z.object({
  properties: z
    .object({ v: z.object({ const: z.number().optional(), enum: z.array(z.number()).optional() }).optional() })
    .optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
});

function numbersOf(schema: unknown): number[] {
  const { properties, anyOf = [], oneOf = [], allOf = [] } = Numbered.parse(schema);
  const own = properties?.v;
  return [
    ...(own?.const === undefined ? [] : [own.const]),
    ...(own?.enum ?? []),
    ...[...anyOf, ...oneOf, ...allOf].flatMap(numbersOf),
  ];
}
