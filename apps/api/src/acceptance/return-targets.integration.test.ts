import type { Application } from '@gatehouse/contracts/application';
import { signInAs } from '@gatehouse/rehearsal/sign-in-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoginFaultWorld, type Place } from './login-fault-world.ts';
import { redirect, visit } from './login-testing.ts';

let world: LoginFaultWorld;
let place: Place;

beforeAll(async () => {
  world = await LoginFaultWorld.start(1);
  const { connectorId } = world.world;
  place = await world.addPlace({ updateMethod: 'usersync', connectorId });
});
afterAll(() => world.close());

/** Shapes that have led people away from somewhere. */
const elsewhere = [
  'https://evil.example/',
  'HTTPS://EVIL.EXAMPLE',
  'http://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' https://evil.example',
  '/%09/evil.example',
  '/%2f%2fevil.example',
  '/%5cevil.example',
  '/..//evil.example',
  '/.//evil.example',
  '/jira/..//evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https:\\\\evil.example',
  'https://tools.acme.example@evil.example/',
  'https://tools.acme.example:pass@evil.example/',
  'https://tools.acme.example.evil.example/',
  'https://tools.acme.example\\@evil.example/',
  'https://tools.acme.example#@evil.example/',
  'https://tools.acme.example?@evil.example/',
  'https://evil.example#https://tools.acme.example/place1/',
  'https://evil。example/',
  'https://tools.acme.example:444/place1/',
  'http://tools.acme.example/place1/',
  'https://tools.acme.example/place2/',
  'https://tools.acme.example/place1.evil.example/',
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'vbscript:x',
  'blob:https://evil.example/x',
  '/x\r\nLocation: https://evil.example',
  '/x\r\nSet-Cookie: a=b',
  '/\u202Eevil',
  '/\0',
  `/${'a'.repeat(5_000)}`,
] as const;

describe('a return target', () => {
  const parameters = ['os_destination', 'next', 'destination', 'return'] as const;
  /** Of every link and redirect. */
  const isOurs = (target: string, { baseUrl }: Application) => {
    const url = new URL(target);
    if (url.origin === 'http://localhost:8484') return url.pathname === place.start;
    return url.href === baseUrl || url.href.startsWith(`${baseUrl}/`);
  };
  const linksOf = (text: string) =>
    [...text.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href = '']) => href.replaceAll('&amp;', '&'));

  it.each(elsewhere.map((target) => [target.slice(0, 80), target]))(
    '%j stays with the application, on the way in and out',
    async (_title, target) => {
      for (const [index, parameter] of parameters.entries()) {
        const path = `${place.start}?${parameter}=${encodeURIComponent(target)}`;
        const browser = world.gatehouse.app.client();
        const start = await visit(browser, path);
        expect(start.headers.location).toMatch(`${world.rehearsal.url}/oauth2/v1/authorize?`);
        if (index > 0) continue;

        const back = await signInAs(String(start.headers.location), world.syncedPerson(0));
        const page = await visit(browser, back);

        expect(page.status).toBe(200);
        expect(linksOf(page.text).filter((link) => !isOurs(link, place.application))).toEqual([]);
        expect(linksOf(page.text)).toHaveLength(1);
      }
    },
  );

  it('stays with the application where logins are off, and where they fail', async () => {
    const browser = world.gatehouse.app.client();
    await redirect(world.gatehouse, place.application.id, { enabled: false, idpId: place.idp.id });
    for (const target of elsewhere) {
      const away = await visit(browser, `${place.start}?os_destination=${encodeURIComponent(target)}`);
      expect(away.status).toBe(303);
      const location = new URL(String(away.headers.location));
      expect(isOurs(location.href, place.application), location.href).toBe(true);
      expect(away.headers['set-cookie']).toBeUndefined();
    }
    await redirect(world.gatehouse, place.application.id, { enabled: true, idpId: place.idp.id });
    for (const target of elsewhere) {
      await visit(browser, `${place.start}?return=${encodeURIComponent(target)}`);
      const page = await visit(browser, `/sso/callback/${place.idp.id}?error=access_denied`);
      expect(page.status).toBe(400);
      expect(linksOf(page.text).filter((link) => !isOurs(link, place.application))).toEqual([]);
    }
  });

  it('under the base URL is kept, wherever it came from', async () => {
    for (const parameter of parameters) {
      const browser = world.gatehouse.app.client();
      const start = await visit(browser, `${place.start}?${parameter}=%2Fbrowse%2FABC-1%3Ffocus%3D7%23c`);
      const page = await visit(
        browser,
        await signInAs(String(start.headers.location), world.syncedPerson(0)),
      );

      expect(linksOf(page.text)).toEqual([`${place.application.baseUrl}/browse/ABC-1?focus=7#c`]);
    }
  });
});
