import { describe, expect, it } from 'vitest';
import { contextPathOf, readBaseUrl } from './base-url.ts';

describe('readBaseUrl', () => {
  const accepted: [paste: string, baseUrl: string][] = [
    ['https://jira.acme.example', 'https://jira.acme.example'],
    ['  https://jira.acme.example/  ', 'https://jira.acme.example'],
    ['https://tools.acme.example/jira///', 'https://tools.acme.example/jira'],
    ['HTTPS://Jira.Acme.Example:443/Jira', 'https://jira.acme.example/Jira'],
    ['https://jira.acme.example:8443', 'https://jira.acme.example:8443'],
    ['jira.acme.example/jira', 'https://jira.acme.example/jira'],
    ['jira', 'https://jira'],
    ['https://jira.acme.example.', 'https://jira.acme.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://tools.acme.example/a/../jira', 'https://tools.acme.example/jira'],
    ['http://localhost:8080/jira', 'http://localhost:8080/jira'],
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
    ['https://tools.acme.example/team-1_a~b/jira.v9', 'https://tools.acme.example/team-1_a~b/jira.v9'],
  ];
  it.each(accepted)('%j is %s', (paste, baseUrl) => {
    expect(readBaseUrl(paste)).toEqual({ ok: true, baseUrl });
    expect(readBaseUrl(baseUrl)).toEqual({ ok: true, baseUrl });
  });

  const refused: [paste: string, says: string][] = [
    ['', 'Enter the base URL'],
    [`https://${'a'.repeat(500)}`, 'at most 500'],
    ['http://jira.acme.example', 'https:// address'],
    ['http://127.0.0.1.evil.example', 'https:// address'],
    ['http://localhost.evil.example', 'https:// address'],
    ['ftp://jira.acme.example', 'begins with https://'],
    ['javascript://jira.acme.example/%0aalert(1)', 'begins with https://'],
    ['javascript:alert(1)', 'not an address'],
    ['https://', 'not an address'],
    ['https://me:secret@jira.acme.example', 'user name'],
    ['https://jira.acme.example?x=1', 'question mark'],
    ['https://jira.acme.example/?', 'question mark'],
    ['https://jira.acme.example/#x', '#'],
    ['https://jira.acme.example/login.jsp', 'address of a page'],
    ['https://jira.acme.example/secure/Dashboard.jspa', 'address of a page'],
    ['https://jira.acme.example\\jira', 'backslashes'],
    ['https://jira.acme.example/ji ra', 'spaces'],
    ['https://jira.acme\u202e.example', 'hidden characters'],
    ['https://jira.acme.example/a%20b', 'context path'],
    ['https://jira.acme.example/$args', 'context path'],
    ['https://jira.acme.example/jira//x', 'context path'],
    ['https://jira";deny.example', 'host name'],
    ['https://*.acme.example', 'host name'],
  ];
  it.each(refused)('%j is refused', (paste, says) => {
    const answer = readBaseUrl(paste);

    expect(answer).toMatchObject({ ok: false, detail: expect.stringContaining(says) });
  });

  it.each([
    ['https://jira.acme.example', ''],
    ['https://tools.acme.example/jira', '/jira'],
    ['https://tools.acme.example/a/b', '/a/b'],
  ])('the context path of %s is %j', (baseUrl, contextPath) => {
    expect(contextPathOf(baseUrl)).toBe(contextPath);
  });
});
