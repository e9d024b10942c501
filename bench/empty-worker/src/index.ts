interface Producer {
  send(message: unknown, options: { readonly contentType: 'json' }): Promise<unknown>;
}

/** `POST /guesty` and `POST /aircall`: the message that the webhook Worker of that name would send, unverified. */
export default {
  async fetch(request: Request, queues: Readonly<Record<string, Producer>>): Promise<Response> {
    const source = new URL(request.url).pathname.slice(1);
    const producer = queues[source];
    if (producer === undefined) return new Response(null, { status: 404 });
    const inline = await request.text();
    const message = {
      v: 1,
      source,
      eventId: crypto.randomUUID(),
      receivedAt: new Date().toISOString(),
      body: { inline },
    };
    await producer.send(message, { contentType: 'json' });
    return new Response(null, { status: 200 });
  },
};
