import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect } from 'node:net';
import { describe, expect, test, vi } from 'vitest';
import { loopbackCertificate, loopbackCertificateKey } from './fixtures/loopback-certificate.ts';
import { failure, guarded, listen } from './fixtures/outbound-harness.ts';

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
