import { fileURLToPath } from 'node:url';
import {
  loadPackageDefinition,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceClientConstructor,
  type sendUnaryData,
} from '@grpc/grpc-js';
import { loadSync } from '@grpc/proto-loader';
import * as z from 'zod';
import type { Diagnostic } from './diagnostic.ts';
import type { Provider } from './provider.ts';
import { isObjectValue, type ObjectValue, type Value } from './values/value.ts';
import { decodeValue, encodeValue } from './values/wire-value.ts';
import { schemaToWire } from './wire-schema.ts';

/** Serves one provider by plugin protocol 6 on 127.0.0.1: plain gRPC, as Terraform expects of what it reattaches to. */
export interface ServedProvider {
  /** As in `required_providers`, e.g. hashicorp/google. */
  readonly name: string;
  readonly port: number;
  readonly stop: () => void;
}

const PROTO = fileURLToPath(new URL('../../proto/tfplugin6.proto', import.meta.url));

export async function serveProvider(provider: Provider): Promise<ServedProvider> {
  const server = new Server();
  server.addService(providerService(), callsOf(provider));
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { name: provider.schema.source.provider, port, stop: () => server.forceShutdown() };
}

function providerService(): ServiceClientConstructor['service'] {
  const definition = loadSync(PROTO, { keepCase: true, enums: String, longs: Number, defaults: true });
  const { Provider: client } = (loadPackageDefinition(definition) as { tfplugin6: Record<string, unknown> }).tfplugin6;
  return (client as ServiceClientConstructor).service;
}

const Wire = z.object({ msgpack: z.instanceof(Uint8Array) });
const Typed = z.object({ type_name: z.string(), config: Wire });
const Read = z.object({ type_name: z.string(), current_state: Wire });
const Plan = z.object({ type_name: z.string(), prior_state: Wire, proposed_new_state: Wire, config: Wire });
const Apply = z.object({ type_name: z.string(), planned_state: Wire });
const Upgrade = z.object({ type_name: z.string(), raw_state: z.object({ json: z.instanceof(Uint8Array) }) });

function callsOf(provider: Provider): Record<string, (call: Call, reply: Reply) => void> {
  const { schema } = provider;
  return {
    GetProviderSchema: answer(() => ({
      provider: schemaToWire(schema.provider),
      resource_schemas: Object.fromEntries(Object.entries(schema.resources).map(([k, v]) => [k, schemaToWire(v)])),
      data_source_schemas: Object.fromEntries(Object.entries(schema.dataSources).map(([k, v]) => [k, schemaToWire(v)])),
    })),
    ValidateProviderConfig: answer(() => ({})),
    ConfigureProvider: answer(() => ({})),
    StopProvider: answer(() => ({})),
    ValidateResourceConfig: answer(request => {
      const { type_name: type, config } = Typed.parse(request);
      return { diagnostics: provider.validateResource(type, objectFrom(config)).map(diagnosticToWire) };
    }),
    ValidateDataResourceConfig: answer(request => {
      const { type_name: type, config } = Typed.parse(request);
      return { diagnostics: provider.validateDataSource(type, objectFrom(config)).map(diagnosticToWire) };
    }),
    // Schemas of one version: what was stored fits as it is.
    UpgradeResourceState: answer(request => {
      const { type_name: type, raw_state: state } = Upgrade.parse(request);
      const stored = JSON.parse(Buffer.from(state.json).toString('utf8')) as Value;
      if (!isObjectValue(stored)) throw new Error(`the state of a ${type} is no object`);
      return { upgraded_state: toWire(provider.readState(type, stored)) };
    }),
    ReadResource: answer(request => ({ new_state: Read.parse(request).current_state })),
    PlanResourceChange: answer(request => {
      const { type_name: type, prior_state: prior, proposed_new_state: wire, config } = Plan.parse(request);
      const [before, proposed] = [decodeValue(prior.msgpack), decodeValue(wire.msgpack)];
      if (isObjectValue(before) && isObjectValue(proposed) && provider.isApplied(type, objectFrom(config), before)) {
        return { planned_state: prior };
      }
      return { planned_state: isObjectValue(proposed) ? toWire(provider.plan(type, proposed)) : wire };
    }),
    ApplyResourceChange: answer(request => {
      const { type_name: type, planned_state: wire } = Apply.parse(request);
      const planned = decodeValue(wire.msgpack);
      return { new_state: isObjectValue(planned) ? toWire(provider.apply(type, planned)) : wire };
    }),
    ReadDataSource: answer(request => {
      const { type_name: type, config } = Typed.parse(request);
      return { state: toWire(provider.readDataSource(type, objectFrom(config))) };
    }),
  };
}

type Call = ServerUnaryCall<unknown, object>;
type Reply = sendUnaryData<object>;

/** A call that throws is answered as an error, which Terraform prints. */
const answer =
  (work: (request: unknown) => object) =>
  (call: Call, reply: Reply): void => {
    let response: object;
    try {
      response = work(call.request);
    } catch (error) {
      reply(error instanceof Error ? error : new Error(String(error)));
      return;
    }
    reply(null, response);
  };

const toWire = (value: Value): object => ({ msgpack: Buffer.from(encodeValue(value)) });

function objectFrom({ msgpack }: z.infer<typeof Wire>): ObjectValue {
  const value = decodeValue(msgpack);
  if (!isObjectValue(value)) throw new Error('a configuration has to be an object');
  return value;
}

const diagnosticToWire = ({ summary, detail, path }: Diagnostic): object => ({
  severity: 'ERROR',
  summary,
  detail,
  attribute: {
    steps: path.map(step => (typeof step === 'string' ? { attribute_name: step } : { element_key_int: step })),
  },
});
