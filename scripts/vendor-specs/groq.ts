import { objectAt, type Vendor } from './vendor.ts';

export const groq: Vendor = {
  output: 'groq.json',
  licence: 'MIT (repository)',
  files: [
    {
      name: 'groq.yaml',
      from: 'https://github.com/tryAGI/Groq, src/libs/Groq/openapi.yaml at 776d399581e58809bbbf8182866b06fbb2894ed6',
      operations: [
        'POST /openai/v1/chat/completions',
        'POST /openai/v1/embeddings',
        'GET /openai/v1/models',
        'GET /openai/v1/models/{model}',
      ],
    },
  ],
  patch(operations) {
    // The lists of model ids are stale: whether a model exists is answered as 404, not as a malformed request.
    for (const operation of Object.values(operations)) {
      const model = objectAt(operation.body, 'properties', 'model');
      if (model === undefined) continue;
      delete model['anyOf'];
      model['type'] = 'string';
    }
  },
};
