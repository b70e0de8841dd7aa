import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { OutboundError } from '@gatehouse/connectors/outbound';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { loopbackCertificate, loopbackCertificateKey } from './fixtures/loopback-certificate.ts';
import { createOutboundFetch, type GuardedFetch, type OutboundFetchOptions } from './outbound-fetch.ts';

const cleanups: (() => unknown)[] = [];
/** Every address that any socket of this process starts to connect to. */
let attempts: string[] = [];

beforeEach(() => {
  attempts = [];
  const original = Socket.prototype.connect;
  const spy = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (
    this: Socket,
    ...args: unknown[]
  ) {
    this.on('connectionAttempt', (address: string) => attempts.push(address));
    return Reflect.apply(original, this, args);
  });
  cleanups.push(() => spy.mockRestore());
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function guarded(options: Partial<OutboundFetchOptions> = {}): GuardedFetch {
  const made = createOutboundFetch({ allow: [], userAgent: 'Gatehouse/1.2.3', ...options });
  cleanups.push(() => made.close());
  return made;
}

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  cleanups.push(async () => {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((done) => server.close(done));
  });
  return (server.address() as AddressInfo).port;
}

/** Starts a plain HTTP server on loopback and a guarded fetch that allows it. */
async function serve(listener: RequestListener): Promise<{ origin: string; door: GuardedFetch }> {
  const origin = `http://127.0.0.1:${await listen(createHttpServer(listener))}`;
  return { origin, door: guarded({ allow: [origin] }) };
}

async function failure(promise: Promise<unknown>): Promise<OutboundError> {
  const outcome = await promise.then(
    () => 'answered',
    (error: unknown) => error,
  );
  if (!(outcome instanceof OutboundError)) throw new Error(`expected an OutboundError, got ${outcome}`);
  return outcome;
}

describe('what never leaves', () => {
  test.each([
    ['https://127.0.0.1/', 'blocked-address'],
    ['https://2130706433/', 'blocked-address'],
    ['https://[::1]/', 'blocked-address'],
    ['https://[::ffff:169.254.169.254]/', 'blocked-address'],
    ['https://localhost/', 'blocked-address'],
    ['https://metadata.google.internal/', 'blocked-address'],
    ['http://org.example.com/', 'blocked-scheme'],
    ['http://127.0.0.1/', 'blocked-scheme'],
    ['ftp://org.example.com/', 'blocked-scheme'],
    ['file:///etc/passwd', 'blocked-scheme'],
    ['https://user:password@org.example.com/', 'invalid-request'],
    ['/api/v1/users', 'invalid-request'],
  ])('%s -> %s, nothing is resolved or connected', async (url, code) => {
    const resolve = vi.fn();

    const error = await failure(guarded({ resolve }).fetch({ url }));

    expect(error.code).toBe(code);
    expect(resolve).not.toHaveBeenCalled();
    expect(attempts).toEqual([]);
  });

  test.each([
    ['10.0.0.1', 4],
    ['169.254.169.254', 4],
    ['127.0.0.1', 4],
    ['fd00:ec2::254', 6],
    ['64:ff9b::a00:1', 6],
  ] as const)('a name that resolves to %s is blocked and not connected to', async (address, family) => {
    const resolve = vi.fn(async () => [{ address, family }]);

    const error = await failure(guarded({ resolve }).fetch({ url: 'https://org.example.com/api' }));

    expect(error.code).toBe('blocked-address');
    expect(error.message).toContain('org.example.com');
    expect(error.message).not.toContain(address);
    expect(resolve).toHaveBeenCalledTimes(1);
    expect(attempts).toEqual([]);
  });

  test('an allow-listed loopback name that resolves elsewhere is blocked', async () => {
    const resolve = async () => [{ address: '10.0.0.1', family: 4 } as const];
    const door = guarded({ allow: ['http://localhost:8485'], resolve });

    const error = await failure(door.fetch({ url: 'http://localhost:8485/' }));

    expect(error.code).toBe('blocked-address');
    expect(attempts).toEqual([]);
  });

  test('another port of an allow-listed host is not allowed', async () => {
    const { origin, door } = await serve((_request, response) => response.end('ok'));
    await door.fetch({ url: `${origin}/` });

    const error = await failure(door.fetch({ url: `${origin.replace(/\d$/, '')}/` }));

    expect(error.code).toBe('blocked-scheme');
    expect(attempts).toEqual(['127.0.0.1']);
  });

  test('a name that does not resolve', async () => {
    const resolve = async () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));

    const error = await failure(guarded({ resolve }).fetch({ url: 'https://org.example.com/' }));

    expect(error).toMatchObject({ code: 'not-resolved', details: { reason: 'ENOTFOUND' } });
  });

  test('a resolver that does not come back', async () => {
    const resolve = () => new Promise<never>(() => undefined);

    const error = await failure(
      guarded({ resolve }).fetch({ url: 'https://org.example.com/', timeoutMs: 50 }),
    );

    expect(error.code).toBe('timed-out');
  });
});

describe('an answer', () => {
  test('comes whole, with status and headers', async () => {
    const seen: Record<string, unknown> = {};
    const { origin, door } = await serve((request, response) => {
      Object.assign(seen, request.headers, { method: request.method });
      request.on('data', (chunk) => Object.assign(seen, { body: String(chunk) }));
      request.on('end', () => {
        response.writeHead(418, { link: ['<a>; rel="self"', '<b>; rel="next"'], 'x-one': '1' });
        response.end('zażółć');
      });
    });

    const answer = await door.fetch({
      url: `${origin}/x?y=1`,
      method: 'post',
      headers: { Authorization: 'SSWS abc', 'User-Agent': 'somebody else' },
      body: '{}',
    });

    expect(answer).toMatchObject({ status: 418, body: 'zażółć' });
    expect(answer.headers.get('link')).toBe('<a>; rel="self", <b>; rel="next"');
    expect(seen).toMatchObject({
      authorization: 'SSWS abc',
      'user-agent': 'Gatehouse/1.2.3',
      body: '{}',
      method: 'POST',
    });
  });

  test.each([
    ['gzip', gzipSync('hello'), 'hello'],
    ['identity', Buffer.from('hello'), 'hello'],
  ])('is decoded: %s', async (encoding, bytes, expected) => {
    const { origin, door } = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': encoding }).end(bytes);
    });

    expect((await door.fetch({ url: origin })).body).toBe(expected);
  });

  test('without a body but with an encoding header is empty', async () => {
    const { origin, door } = await serve((_request, response) => {
      response.writeHead(204, { 'content-encoding': 'gzip' }).end();
    });

    expect(await door.fetch({ url: origin })).toMatchObject({ status: 204, body: '' });
  });

  test('connections are used again', async () => {
    const { origin, door } = await serve((_request, response) => response.end('ok'));

    for (let call = 0; call < 10; call += 1) await door.fetch({ url: origin });

    // A call that follows at once may find the first connection not yet handed back.
    expect(attempts.length).toBeLessThanOrEqual(2);
  });

  test('connections to one host are bounded', async () => {
    const { origin, door } = await serve((_request, response) => setTimeout(() => response.end('ok'), 20));

    await Promise.all(Array.from({ length: 30 }, () => door.fetch({ url: origin })));

    expect(attempts).toHaveLength(8);
  });

  test('up to the cap that was asked for, and never above 5 MiB', async () => {
    const { origin, door } = await serve((request, response) => {
      response.end('x'.repeat(Number(new URL(request.url ?? '', origin).searchParams.get('bytes'))));
    });
    const most = 5 * 1024 * 1024;

    const answer = await door.fetch({ url: `${origin}/?bytes=${most}`, maxBytes: most * 10 });
    const error = await failure(door.fetch({ url: `${origin}/?bytes=${most + 1}`, maxBytes: most * 10 }));

    expect(answer.body).toHaveLength(most);
    expect(error.code).toBe('too-large');
  });
});

describe('a bad answer', () => {
  const secret = 'internal-page-content';
  const cases: [string, string, RequestListener][] = [
    [
      'redirect',
      'blocked-redirect',
      (_q, response) => response.writeHead(302, { location: 'https://x.example' }).end(secret),
    ],
    ['not modified', 'blocked-redirect', (_q, response) => response.writeHead(304).end()],
    ['slow headers', 'timed-out', () => undefined],
    ['slow body', 'timed-out', (_q, response) => response.writeHead(200).write(secret)],
    [
      'announced as too large',
      'too-large',
      (_q, response) => response.writeHead(200, { 'content-length': '2000000' }).write(secret),
    ],
    [
      'too large without announcing it',
      'too-large',
      (_q, response) => {
        response.writeHead(200).write(secret);
        response.end('x'.repeat(1024 * 1024));
      },
    ],
    [
      'gzip bomb',
      'too-large',
      (_q, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * 1024 * 1024)));
      },
    ],
    [
      'truncated',
      'connection-lost',
      (_q, response) => {
        response.writeHead(200, { 'content-length': '1000' }).write(secret);
        setTimeout(() => response.destroy(), 20);
      },
    ],
    [
      'truncated gzip',
      'connection-lost',
      (_q, response) => {
        response
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(gzipSync(secret.repeat(50)).subarray(0, 30));
      },
    ],
    [
      'unknown encoding',
      'connection-lost',
      (_q, response) => response.writeHead(200, { 'content-encoding': 'compress' }).end(secret),
    ],
    [
      'too many headers',
      'too-large',
      (_q, response) => response.writeHead(200, { 'x-long': 'x'.repeat(60_000) }).end(secret),
    ],
    ['hang-up', 'connection-lost', (request) => request.socket.destroy()],
  ];

  test.each(cases)('%s -> %s', async (_name, code, listener) => {
    const { origin, door } = await serve(listener);

    const error = await failure(door.fetch({ url: `${origin}/`, timeoutMs: 1_000 }));

    expect(error.code).toBe(code);
    expect(`${error.message} ${JSON.stringify(error)} ${JSON.stringify(error.cause)}`).not.toContain(secret);
  });

  test('a redirect is not followed and tells its status', async () => {
    const paths: string[] = [];
    const { origin, door } = await serve((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(307, { location: '/elsewhere' }).end();
    });

    const error = await failure(door.fetch({ url: `${origin}/api` }));

    expect(error.details).toEqual({ host: '127.0.0.1', status: 307 });
    expect(paths).toEqual(['/api']);
  });

  test('not HTTP at all, and what it said stays out of the error', async () => {
    const port = await listen(createTcpServer((socket) => socket.resume().end(`220 ${secret} ESMTP\r\n`)));
    const origin = `http://127.0.0.1:${port}`;

    const error = await failure(guarded({ allow: [origin] }).fetch({ url: origin }));

    expect(error.code).toBe('connection-lost');
    expect(Object.values({ ...error, ...(error.cause as object) }).join()).not.toContain(secret);
  });

  test('nobody listens', async () => {
    const server = createTcpServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((done) => server.close(done));

    const error = await failure(guarded({ allow: [origin] }).fetch({ url: origin }));

    expect(error).toMatchObject({ code: 'connection-refused', details: { reason: 'ECONNREFUSED' } });
  });

  test('a header that cannot be written', async () => {
    const { origin, door } = await serve((_request, response) => response.end('ok'));

    const error = await failure(door.fetch({ url: origin, headers: { authorization: 'SSWS a\r\nb' } }));

    expect(error.code).toBe('invalid-request');
  });
});

describe('stopping', () => {
  test.each([
    ['the caller gives up', 'aborted'],
    ['the caller had given up before', 'aborted'],
    ['the door closes', 'aborted'],
  ])('%s -> %s', async (name, code) => {
    const { origin, door } = await serve(() => undefined);
    const caller = new AbortController();
    if (name.includes('before')) caller.abort();
    const call = failure(door.fetch({ url: origin, signal: caller.signal }));
    setTimeout(() => (name.startsWith('the door') ? door.close() : caller.abort()), 30);

    expect((await call).code).toBe(code);
  });

  test('after close nothing is sent', async () => {
    const { origin, door } = await serve((_request, response) => response.end('ok'));
    await door.close();

    expect((await failure(door.fetch({ url: origin }))).code).toBe('aborted');
    expect(attempts).toEqual([]);
  });
});

describe('TLS', () => {
  async function serveTls(): Promise<number> {
    const options = { key: loopbackCertificateKey, cert: loopbackCertificate };
    return listen(createHttpsServer(options, (_request, response) => response.end('secure')));
  }

  test('an untrusted certificate is refused and named', async () => {
    const origin = `https://127.0.0.1:${await serveTls()}`;

    const error = await failure(guarded({ allow: [origin] }).fetch({ url: origin }));

    expect(error).toMatchObject({ code: 'tls-failed', details: { reason: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
  });

  test('a certificate of an extra authority is trusted, for its names only', async () => {
    const port = await serveTls();
    const origins = [
      `https://127.0.0.1:${port}`,
      `https://127.0.0.2:${port}`,
      `https://wrong.localhost:${port}`,
    ];
    const resolve = async () => [{ address: '127.0.0.1', family: 4 } as const];
    const door = guarded({ allow: origins, ca: loopbackCertificate, resolve });

    const answer = await door.fetch({ url: origins[0] ?? '' });
    const error = await failure(door.fetch({ url: origins[2] ?? '' }));

    expect(answer.body).toBe('secure');
    expect(error).toMatchObject({
      code: 'tls-failed',
      details: { reason: 'ERR_TLS_CERT_ALTNAME_INVALID' },
    });
  });

  test('a server that speaks no TLS', async () => {
    const port = await listen(createHttpServer((_request, response) => response.end('plain')));
    const origin = `https://127.0.0.1:${port}`;

    const error = await failure(guarded({ allow: [origin] }).fetch({ url: origin }));

    expect(error.code).toBe('tls-failed');
  });
});

describe('through a proxy', () => {
  /** Tunnels every name to the TLS server on loopback, as a proxy's own resolver might. */
  async function startProxy(answer = 200) {
    const tlsPort = await listen(
      createHttpsServer({ key: loopbackCertificateKey, cert: loopbackCertificate }, (_request, response) =>
        response.end('through'),
      ),
    );
    const tunnels: { target: string; authorization: string | undefined }[] = [];
    const server = createHttpServer();
    server.on('connect', (request, socket) => {
      tunnels.push({ target: request.url ?? '', authorization: request.headers['proxy-authorization'] });
      if (answer !== 200) return socket.end(`HTTP/1.1 ${answer} No\r\n\r\n`);
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      const upstream = connect(tlsPort, '127.0.0.1');
      upstream.on('error', () => socket.destroy()).pipe(socket);
      return socket.on('error', () => upstream.destroy()).pipe(upstream);
    });
    return { proxy: `http://me:pass@127.0.0.1:${await listen(server)}`, tunnels };
  }

  test('the proxy resolves, and gets its credentials', async () => {
    const { proxy, tunnels } = await startProxy();
    const resolve = vi.fn();
    const door = guarded({ proxy, ca: loopbackCertificate, resolve });

    const answer = await door.fetch({ url: 'https://org.example.com/api' });

    expect(answer.body).toBe('through');
    expect(resolve).not.toHaveBeenCalled();
    expect(tunnels).toEqual([
      { target: 'org.example.com:443', authorization: `Basic ${Buffer.from('me:pass').toString('base64')}` },
    ]);
  });

  test.each([
    ['https://10.0.0.1/', 'blocked-address'],
    ['https://[::1]/', 'blocked-address'],
    ['https://localhost/', 'blocked-address'],
    ['https://metadata.google.internal/', 'blocked-address'],
    ['http://org.example.com/', 'blocked-scheme'],
  ])('%s -> %s, the proxy hears nothing', async (url, code) => {
    const { proxy, tunnels } = await startProxy();

    const error = await failure(guarded({ proxy, ca: loopbackCertificate }).fetch({ url }));

    expect(error.code).toBe(code);
    expect(tunnels).toEqual([]);
  });

  test('an allow-listed loopback host is called directly', async () => {
    const { proxy, tunnels } = await startProxy();
    const port = await listen(createHttpServer((_request, response) => response.end('direct')));
    const origin = `http://127.0.0.1:${port}`;

    const answer = await guarded({ proxy, allow: [origin] }).fetch({ url: origin });

    expect(answer.body).toBe('direct');
    expect(tunnels).toEqual([]);
  });

  test.each([[403], [407], [502]])('a tunnel refused with %i', async (status) => {
    const { proxy } = await startProxy(status);

    const error = await failure(guarded({ proxy }).fetch({ url: 'https://org.example.com/' }));

    expect(error.code).toBe('connection-refused');
  });
});
