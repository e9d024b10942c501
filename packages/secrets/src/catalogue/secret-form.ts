import * as z from 'zod';

const kid = z.string().min(1);

/** What a value has to look like. Checked before it is kept: a wrong paste is cheapest to see at once. Pure. */
export const SECRET_FORMS = {
  text: { meaning: 'text in one line', schema: line(1) },
  token: { meaning: 'at least 16 characters without spaces', schema: z.string().regex(/^\S{16,}$/u) },
  hetzner_token: { meaning: '64 letters and digits', schema: z.string().regex(/^[A-Za-z0-9]{64}$/u) },
  tokens: { meaning: 'tokens of at least 16 characters, separated by commas', schema: items(/^\S{16,}$/u) },
  whsec_list: {
    meaning: 'whsec_ followed by base64, several separated by commas',
    schema: items(/^whsec_[A-Za-z0-9+/]+={0,2}$/u),
  },
  https_url: { meaning: 'an https:// address', schema: z.url({ protocol: /^https$/u }) },
  mongodb_uri: {
    meaning: 'mongodb://USER:PASSWORD@HOST,…/DATABASE?replicaSet=…',
    schema: z.string().regex(/^mongodb(?:\+srv)?:\/\/[^\s:@/]+:[^\s@/]+@[^\s]+$/u),
  },
  postgres_uri: {
    meaning: 'postgresql://USER:PASSWORD@HOST/DATABASE',
    schema: z.string().regex(/^postgres(?:ql)?:\/\/[^\s:@/]+:[^\s@/]+@[^\s]+\/[^\s]+$/u),
  },
  text_by_file_name: {
    meaning: 'JSON, text by file name',
    schema: json(z.record(z.string().regex(/^[\w.-]{1,100}$/u), z.string())),
  },
  ed25519_jwk: {
    meaning: 'a private Ed25519 JWK with kid',
    schema: json(z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string(), d: z.string(), kid })),
  },
  es256_jwk: {
    meaning: 'a private P-256 JWK with kid and alg ES256',
    schema: json(
      z.object({ kty: z.literal('EC'), crv: z.literal('P-256'), d: z.string().min(1), kid, alg: z.literal('ES256') }),
    ),
  },
  google_key_file: {
    meaning: 'the JSON text of a service account key file',
    schema: json(
      z.object({ client_email: z.string(), private_key: z.string().startsWith('-----BEGIN PRIVATE KEY-----') }),
    ),
  },
  pem: {
    meaning: 'PEM',
    schema: z.string().regex(/^-----BEGIN [A-Z ]+-----\n[\s\S]+\n-----END [A-Z ]+-----\s*$/u),
    lastLine: /^-----END [A-Z ]+-----\s*$/u,
  },
} as const satisfies Readonly<Record<string, FormRule>>;

interface FormRule {
  readonly meaning: string;
  readonly schema: z.ZodType;
  /** Of what has several lines: how whoever types it comes to its end. */
  readonly lastLine?: RegExp;
}

export type SecretForm = keyof typeof SECRET_FORMS;

/** The last line of a value that has several; `undefined` for one line. */
export function lastLineOf(form: SecretForm): RegExp | undefined {
  const rule: FormRule = SECRET_FORMS[form];
  return rule.lastLine;
}

/** What the value should have been; `undefined` when it is. Never holds the value. */
export function formProblem(form: SecretForm, text: string): string | undefined {
  const { schema, meaning } = SECRET_FORMS[form];
  return schema.safeParse(text).success ? undefined : `has to be ${meaning}`;
}

function line(min: number) {
  return z
    .string()
    .regex(/^[^\r\n]+$/u)
    .min(min);
}

function items(item: RegExp) {
  return z.string().refine(text => {
    const found = text.split(',').map(each => each.trim());
    return found.every(each => item.test(each));
  });
}

function json<T extends z.ZodType>(schema: T) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema);
}
