import type { Router } from 'express';
import { ORG_NAME } from '../../api/answers.ts';
import { countStats } from '../../control/stats.ts';
import { isSpent } from '../../faults/fault.ts';
import { timesLeftOf } from '../../login-faults/login-fault-board.ts';
import type { World } from '../../world.ts';
import { html } from '../html.ts';
import { sendPage } from '../layout.ts';

/** The Dashboard: what this is, and what to practise in which order. */
export function addHomePage(router: Router, world: World): void {
  router.get('/', (_request, response) => {
    const stats = countStats(world);
    const faults =
      world.faults.list().filter((fault) => !isSpent(fault, world.now())).length +
      world.loginFaults.list().filter((fault) => timesLeftOf(fault) !== 0).length;
    const body = html`<h1>${ORG_NAME}</h1>
      <p>
        A stand-in for an Okta organization with ${stats.users} people and ${stats.groups} groups, some of
        them with names that break careless software. Its pages use Okta’s words.
        ${faults > 0 && html`<strong>${faults} ${faults === 1 ? 'fault is' : 'faults are'} set.</strong>`}
      </p>
      <h2>Practise a sync</h2>
      <ol>
        <li>
          Make a token: <em>Security</em> → <em>API</em> → <em>Tokens</em> → <em>Create Token</em>. Copy its
          value: it is shown once.
        </li>
        <li>Connect: enter the Okta domain <code>${world.origin}</code> and the token’s value, and sync.</li>
        <li>
          Change something under <em>Directory</em>: edit, suspend, deactivate or delete people, rename groups
          and move their members. Or let a whole day pass under <em>Organization</em>. The next sync should
          show just that.
        </li>
        <li>
          Break something: set one of the <em>Faults</em> and see what the sync makes of it. <em>Calls</em>
          shows what it asked for.
        </li>
      </ol>
      <h2>Practise a login</h2>
      <ol>
        <li>
          Register the product: <em>Applications</em> → <em>Create App Integration</em> → <em>OIDC - OpenID
          Connect</em> → <em>Web Application</em>. Paste the callback URL into <em>Sign-in redirect URIs</em>,
          say who may come in, and save.
        </li>
        <li>
          Connect: enter the client ID, the client secret and the Okta domain <code>${world.origin}</code> in
          the product.
        </li>
        <li>
          Sign in. In the place of a password, Okta’s page asks who to be: somebody active, suspended, or not
          assigned. <a href="/signin">This browser’s session</a> makes the next login silent.
        </li>
        <li>Break something: the <em>Faults</em> of a login strike any step of OpenID Connect.</li>
      </ol>`;
    sendPage(response, { title: 'Dashboard', section: 'home', body });
  });
}
