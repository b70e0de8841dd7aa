import type { RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { attempts, failure, guarded, listen, serve } from './fixtures/outbound-harness.ts';

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

  test('a redirect is reported where that is asked for, and not followed', async () => {
    const paths: string[] = [];
    const { origin, door } = await serve((request, response) => {
      paths.push(request.url ?? '');
      response.writeHead(302, { location: '/elsewhere' }).end();
    });

    const answer = await door.fetch({ url: `${origin}/api`, redirects: 'report' });

    expect([answer.status, answer.headers.get('location')]).toEqual([302, '/elsewhere']);
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
