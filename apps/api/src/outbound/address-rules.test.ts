import { describe, expect, test } from 'vitest';
import { addressProblem, hostnameProblem, isLoopbackAddress, isLoopbackHost } from './address-rules.ts';

describe('addressProblem', () => {
  test.each([
    ['0.0.0.0', 'unspecified'],
    ['10.1.2.3', 'private'],
    ['100.64.0.1', 'carrierGradeNat'],
    ['100.100.100.200', 'carrierGradeNat'],
    ['127.0.0.1', 'loopback'],
    ['127.255.255.254', 'loopback'],
    ['168.63.129.16', 'host agent'],
    ['169.254.169.254', 'linkLocal'],
    ['172.16.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['192.0.0.192', 'reserved'],
    ['192.168.1.1', 'private'],
    ['198.18.0.1', 'reserved'],
    ['203.0.113.1', 'reserved'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['::', 'unspecified'],
    ['::1', 'loopback'],
    ['::7f00:1', 'reserved'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:7f00:1', 'loopback'],
    ['64:ff9b::7f00:1', 'loopback'],
    ['64:ff9b::169.254.169.254', 'linkLocal'],
    ['64:ff9b:1::1', 'rfc6052'],
    ['2002:7f00:1::1', '6to4'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'teredo'],
    ['2001:db8::1', 'reserved'],
    ['2606:4700::5efe:a00:1', 'isatap'],
    ['fd00:ec2::254', 'uniqueLocal'],
    ['fe80::1', 'linkLocal'],
    ['fe80::1%eth0', 'linkLocal'],
    ['fec0::1', 'deprecatedSiteLocal'],
    ['ff02::1', 'multicast'],
    ['4000::1', 'reserved'],
    ['not an address', 'unreadable'],
  ])('%s is refused as %s', (address, problem) => {
    expect(addressProblem(address)).toBe(problem);
  });

  test.each(['1.1.1.1', '172.32.0.1', '2606:4700:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'])(
    '%s is public',
    (address) => {
      expect(addressProblem(address)).toBeNull();
    },
  );
});

describe('hostnameProblem', () => {
  test.each([
    ['http://2130706433/', 'loopback'],
    ['http://0x7f.1/', 'loopback'],
    ['http://0177.0.0.1/', 'loopback'],
    ['http://127.0.0.1./', 'loopback'],
    ['http://0xa9fea9fe/', 'linkLocal'],
    ['http://10.1/', 'private'],
    ['http://[::ffff:10.0.0.1]/', 'private'],
    ['http://[::1]/', 'loopback'],
    ['http://localhost/', 'local name'],
    ['http://LOCALHOST./', 'local name'],
    ['http://a.localhost/', 'local name'],
    ['http://intranet/', 'local name'],
    ['http://metadata.google.internal/', 'local name'],
    ['http://printer.local/', 'local name'],
    ['http://dev-1.okta.com/', null],
    ['http://localhost.example.com/', null],
    ['http://1.1.1.1/', null],
  ])('%s -> %s', (url, problem) => {
    expect(hostnameProblem(new URL(url).hostname)).toBe(problem);
  });
});

describe('loopback', () => {
  test.each([
    ['127.0.0.1', true],
    ['127.8.8.8', true],
    ['::1', true],
    ['::ffff:127.0.0.1', true],
    ['10.0.0.1', false],
    ['1.1.1.1', false],
    ['nonsense', false],
  ])('address %s: %s', (address, expected) => {
    expect(isLoopbackAddress(address)).toBe(expected);
  });

  test.each([
    ['localhost', true],
    ['[::1]', true],
    ['127.0.0.1', true],
    ['rehearsal.localhost', true],
    ['notlocalhost', false],
    ['localhost.example.com', false],
  ])('host %s: %s', (host, expected) => {
    expect(isLoopbackHost(host)).toBe(expected);
  });
});
