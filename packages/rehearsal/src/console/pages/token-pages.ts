import type { Router } from 'express';
import { BUCKETS, PUBLISHED_LIMITS } from '../../api/buckets.ts';
import { tokenInputSchema } from '../../control/control-schemas.ts';
import { notFound } from '../../okta-error.ts';
import { ADMINS, adminByKey } from '../../org/admins.ts';
import type { Token } from '../../tokens/token-store.ts';
import type { World } from '../../world.ts';
import { formValues, queryText } from '../form-values.ts';
import { confirmation, postButton, selectField, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { sendPage } from '../layout.ts';
import { OneTimeValues } from '../one-time-values.ts';
import { foreign, timeText } from '../words.ts';

const API = '/console/security/api';
const TOKENS = `${API}/tokens`;

/** Security → API → Tokens, as Okta has it: make a token, see it once, revoke it. */
export function addTokenPages(router: Router, world: World): void {
  const shownOnce = new OneTimeValues();

  router.get('/security/api', (_request, response) => {
    sendPage(response, {
      title: 'API',
      section: 'api',
      body: html`${heading('overview')}${overview(world)}`,
    });
  });

  router.get('/security/api/tokens', (request, response) => {
    const notice =
      queryText(request, 'done') === 'revoked'
        ? ({
            tone: 'done',
            text: 'The token is revoked: every call with it is refused from now on.',
          } as const)
        : undefined;
    const body = html`${heading('tokens')}${tokenTable(world)}`;
    sendPage(response, { title: 'Tokens', section: 'api', body, notice });
  });

  router.get('/security/api/tokens/new', (_request, response) => {
    sendPage(response, { title: 'Create Token', section: 'api', body: tokenForm({}) });
  });

  router.post('/security/api/tokens', (request, response) => {
    const values = formValues(request);
    const input = tokenInputSchema.safeParse(values);
    if (!input.success) {
      const error = values.name?.trim() ? 'Use at most 100 characters.' : 'Name the token.';
      sendPage(response, {
        title: 'Create Token',
        section: 'api',
        status: 400,
        body: tokenForm({ values, error }),
      });
      return;
    }
    const { token, value } = world.tokens.create(input.data.name, input.data.owner, world.now());
    shownOnce.put(token.id, value, world.now());
    response.redirect(303, `${TOKENS}/${token.id}/created`);
  });

  router.get('/security/api/tokens/:id/created', (request, response) => {
    const token = tokenOf(world, request.params.id);
    const value = shownOnce.take(token.id, world.now());
    const body = value === undefined ? valueGone(token) : valueShown(world, token, value);
    sendPage(response, { title: 'Token created', section: 'api', body });
  });

  router.get('/security/api/tokens/:id/revoke', (request, response) => {
    const token = tokenOf(world, request.params.id);
    const body = confirmation({
      question: html`Revoke the token ${foreign(token.name)}?`,
      consequences: [
        'Every call with it is refused at once, with E0000011 “Invalid token provided”.',
        'It cannot be brought back. Whoever uses it needs a new one.',
      ],
      action: `${TOKENS}/${token.id}/revoke`,
      confirm: 'Revoke token',
      cancelHref: TOKENS,
    });
    sendPage(response, { title: 'Revoke token', section: 'api', body });
  });

  router.post('/security/api/tokens/:id/revoke', (request, response) => {
    world.tokens.revoke(tokenOf(world, request.params.id).id);
    response.redirect(303, `${TOKENS}?done=revoked`);
  });
}

function tokenOf(world: World, id: string): Token {
  const token = world.tokens.find(id);
  if (!token) throw notFound(id, 'Token');
  return token;
}

function heading(tab: 'overview' | 'tokens'): Html {
  const mark = (name: string) => name === tab && html` aria-current="page"`;
  return html`<h1>API</h1>
    <nav class="tabs" aria-label="API">
      <a href="${API}"${mark('overview')}>Overview</a>
      <a href="${TOKENS}"${mark('tokens')}>Tokens</a>
    </nav>`;
}

function overview(world: World): Html {
  return html`<p>
      Okta domain of this organization: <code>${world.origin}</code>. Enter it where a product asks for your
      Okta domain.
    </p>
    <h2>Rate limits</h2>
    <p>
      Requests a minute, as Okta last published them for Workforce organizations. One token may use half of a
      bucket.
    </p>
    <table>
      <thead>
        <tr><th scope="col">Bucket</th><th scope="col" class="number">Organization</th><th scope="col" class="number">One token</th></tr>
      </thead>
      <tbody>
        ${BUCKETS.map((bucket) => {
          const limit = PUBLISHED_LIMITS.perMinute[bucket];
          const share = limit * PUBLISHED_LIMITS.tokenShare;
          return html`<tr><td><code>${bucket}</code></td><td class="number">${limit}</td><td class="number">${share}</td></tr>`;
        })}
      </tbody>
    </table>`;
}

function tokenTable(world: World): Html {
  const tokens = world.tokens.list();
  return html`<p><a class="button primary" href="${TOKENS}/new">Create Token</a></p>
    ${tokens.length === 0 && html`<p>There is no token yet.</p>`}
    ${
      tokens.length > 0 &&
      html`<table>
        <caption>Tokens</caption>
        <thead>
          <tr>
            <th scope="col">Name</th><th scope="col">Created by</th><th scope="col">Created</th>
            <th scope="col">Last used</th><th scope="col">Action</th>
          </tr>
        </thead>
        <tbody>
          ${tokens.map((token) => tokenRow(token))}
        </tbody>
      </table>`
    }
    <p class="help">
      A token has the rights of the admin who made it, follows them when they change, ends with the admin’s
      account, and expires when it is not used for 30 days.
    </p>`;
}

function tokenRow(token: Token): Html {
  const owner = adminByKey(token.owner);
  const lastUsed = token.lastUsed === null ? null : new Date(token.lastUsed).toISOString();
  return html`<tr>
    <th scope="row">${foreign(token.name)}</th>
    <td>${owner.name}<br /><span class="dim">${owner.role}</span></td>
    <td>${timeText(new Date(token.created).toISOString())}</td>
    <td>${timeText(lastUsed)}</td>
    <td><a href="${TOKENS}/${token.id}/revoke" aria-label="Revoke ${token.name}">Revoke</a></td>
  </tr>`;
}

function tokenForm(at: { values?: Readonly<Record<string, string>>; error?: string }): Html {
  return html`<h1>Create Token</h1>
    <form method="post" action="${TOKENS}">
      ${textField({
        name: 'name',
        label: 'What do you want your token to be named?',
        value: at.values?.name,
        help: 'The name is used to tell your tokens apart.',
        error: at.error,
        isRequired: true,
      })}
      ${selectField({
        name: 'owner',
        label: 'Which admin are you?',
        value: at.values?.owner ?? 'super-admin',
        help: 'In Okta you are signed in as one. The token sees what this admin sees.',
        options: ADMINS.map(({ key, name, role }) => ({ value: key, label: `${name} – ${role}` })),
      })}
      <div class="row">
        <button class="primary">Create token</button>
        <a class="button" href="${TOKENS}">Cancel</a>
      </div>
    </form>`;
}

function valueShown(world: World, token: Token, value: string): Html {
  return html`<h1>Token created successfully!</h1>
    <p>
      Copy the value of ${foreign(token.name)} now: it is shown this one time, and only its hash is kept.
    </p>
    <div class="field">
      <label for="token-value">Token Value</label>
      <input id="token-value" class="value" readonly value="${value}" autocomplete="off" />
    </div>
    <p>It belongs with the Okta domain <code>${world.origin}</code>.</p>
    <p><a class="button primary" href="${TOKENS}">OK, got it</a></p>`;
}

function valueGone(token: Token): Html {
  return html`<h1>The value was shown already</h1>
    <p>
      The value of ${foreign(token.name)} is not kept anywhere. If you did not copy it, revoke the token and
      create another one.
    </p>
    <div class="row">
      <a class="button" href="${TOKENS}">Back to the tokens</a>
      ${postButton({ action: `${TOKENS}/${token.id}/revoke`, text: 'Revoke token', tone: 'danger' })}
    </div>`;
}
