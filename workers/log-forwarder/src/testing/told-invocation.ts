/** An invocation that ended well and said nothing, as workerd tells it, but for `changes`. */
export const toldInvocation = (changes: Readonly<Record<string, unknown>> = {}) => ({
  scriptName: 'guesty-webhook',
  eventTimestamp: Date.UTC(2026, 10, 22, 6),
  event: {
    request: {
      url: 'https://hooks.example.com/webhooks/guesty?key=hush',
      method: 'POST',
      headers: { 'cf-ray': '8e4a1b2c3d4e5f60-FRA', authorization: 'Bearer hush' },
    },
    response: { status: 200 },
  },
  outcome: 'ok',
  executionModel: 'stateless',
  truncated: false,
  cpuTime: 3,
  wallTime: 41,
  diagnosticsChannelEvents: [],
  logs: [],
  exceptions: [],
  ...changes,
});

export const toldLine = (message: unknown, level = 'log') => ({
  timestamp: Date.UTC(2026, 10, 22, 6, 0, 1),
  level,
  message: [message],
});

export const toldException = (name = 'TypeError', message = 'words that quote a guest') => ({
  timestamp: Date.UTC(2026, 10, 22, 6, 0, 2),
  name,
  message,
  stack: `    at readBooking (file:///home/somebody/worker/index.js:7:28)\n    at fetch (index.js:1:1)`,
});
