import type { Router } from 'express';
import { BUCKETS } from '../../api/buckets.ts';
import type { Call } from '../../calls/call-log.ts';
import type { World } from '../../world.ts';
import { queryText } from '../form-values.ts';
import { postButton } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { sendPage } from '../layout.ts';
import { foreign, timeText } from '../words.ts';

const CALLS = '/console/calls';
const SHOWN = 200;

/** Rehearsal → Calls: what was asked of the Management API and the authorization servers. */
export function addCallPages(router: Router, world: World): void {
  router.get('/calls', (request, response) => {
    const notice =
      queryText(request, 'done') === 'reset'
        ? ({ tone: 'done', text: 'The log is empty, and counts from 1 again.' } as const)
        : undefined;
    sendPage(response, { title: 'Calls', section: 'calls', body: callsBody(world), notice });
  });

  router.post('/calls/reset', (_request, response) => {
    world.calls.reset();
    response.redirect(303, `${CALLS}?done=reset`);
  });
}

function callsBody(world: World): Html {
  const all = world.calls.list();
  const shown = all.slice(-SHOWN).reverse();
  return html`<h1>Calls</h1>
    <p>${world.calls.count} calls to the Management API and to the authorization servers since the log was reset or the rehearsal started.</p>
    ${all.length > 0 && bucketTable(all)}
    ${all.length > 0 && postButton({ action: `${CALLS}/reset`, text: 'Reset the log' })}
    ${all.length > 0 && html`<h2>The last ${shown.length}, newest first</h2>`}
    ${all.length > 0 && callTable(world, shown)}`;
}

function bucketTable(calls: readonly Call[]): Html {
  const counts = [...BUCKETS, '/oauth2' as const].map(
    (bucket) => [bucket, calls.filter((call) => call.bucket === bucket).length] as const,
  );
  return html`<table>
    <caption>Calls by rate-limit bucket</caption>
    <thead><tr><th scope="col">Bucket</th><th scope="col" class="number">Calls</th></tr></thead>
    <tbody>
      ${counts.map(
        ([bucket, count]) =>
          html`<tr><th scope="row"><code>${bucket}</code></th><td class="number">${count}</td></tr>`,
      )}
    </tbody>
  </table>`;
}

function callTable(world: World, calls: readonly Call[]): Html {
  return html`<table>
    <caption>Calls</caption>
    <thead>
      <tr>
        <th scope="col" class="number">No.</th><th scope="col">Time</th><th scope="col">Call</th>
        <th scope="col">Token or app</th><th scope="col" class="number">Status</th>
        <th scope="col" class="number">ms</th><th scope="col">Faults</th>
      </tr>
    </thead>
    <tbody>
      ${calls.map(
        (call) => html`<tr>
          <td class="number">${call.number}</td>
          <td>${timeText(call.at)}</td>
          <td><code>${call.method} ${call.path}</code></td>
          <td>${whoAsked(world, call)}</td>
          <td class="number">${statusText(call)}</td>
          <td class="number">${call.milliseconds ?? '…'}</td>
          <td>${call.faults.join(', ')}</td>
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function whoAsked(world: World, call: Call): Html {
  const app = call.clientId === null ? undefined : world.apps.find(call.clientId);
  const name = call.tokenName ?? app?.name ?? call.clientId;
  return name === null ? html`<span class="dim">none</span>` : foreign(name);
}

function statusText(call: Call): string {
  if (call.status === null) return 'running';
  return call.status === 0 ? 'client left' : String(call.status);
}
