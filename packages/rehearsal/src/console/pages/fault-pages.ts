import type { Router } from 'express';
import { ZodError } from 'zod';
import { type Fault, timesLeft } from '../../faults/fault.ts';
import { faultInputSchema } from '../../faults/fault-input.ts';
import { setFault } from '../../faults/set-fault.ts';
import { parseLoginFault } from '../../login-faults/login-fault-input.ts';
import type { World } from '../../world.ts';
import { FAULT_FORMS, type FaultForm, faultFromForm } from '../fault-forms.ts';
import { formValues, queryText } from '../form-values.ts';
import { postButton, selectField, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import { type Notice, sendPage } from '../layout.ts';
import { LOGIN_FAULT_FORMS, loginFaultFromForm } from '../login-fault-forms.ts';
import { timeText } from '../words.ts';
import { loginFaultCard, loginFaultRow } from './login-fault-cards.ts';

const FAULTS = '/console/faults';

/** Rehearsal → Faults: break things on purpose, see what it did, clear it. */
export function addFaultPages(router: Router, world: World): void {
  router.get('/faults', (request, response) => {
    sendPage(response, {
      title: 'Faults',
      section: 'faults',
      body: faultsBody(world),
      notice: notice(queryText(request, 'done')),
    });
  });

  router.post('/faults', (request, response) => {
    const input = faultInputSchema.safeParse(faultFromForm(formValues(request)));
    if (!input.success) {
      sendPage(response, {
        title: 'Faults',
        section: 'faults',
        status: 400,
        notice: { tone: 'failed', text: `The fault is not set. ${reasonsOf(input.error).join('. ')}` },
        body: faultsBody(world),
      });
      return;
    }
    setFault(world, input.data);
    response.redirect(303, `${FAULTS}?done=set`);
  });

  router.post('/login-faults', (request, response) => {
    try {
      world.loginFaults.add(parseLoginFault(loginFaultFromForm(formValues(request))), world.now());
      response.redirect(303, `${FAULTS}?done=set`);
    } catch (error) {
      if (!(error instanceof ZodError) && !(error instanceof SyntaxError)) throw error;
      sendPage(response, {
        title: 'Faults',
        section: 'faults',
        status: 400,
        notice: { tone: 'failed', text: `The fault is not set. ${reasonsOf(error).join('. ')}` },
        body: faultsBody(world),
      });
    }
  });

  router.post('/faults/clear', (request, response) => {
    const { id } = formValues(request);
    world.faults.clear(id === '' ? undefined : id);
    world.loginFaults.clear(id === '' ? undefined : id);
    response.redirect(303, `${FAULTS}?done=cleared`);
  });
}

function reasonsOf(error: ZodError | SyntaxError): string[] {
  if (error instanceof SyntaxError) return [`Claims: ${error.message}`];
  return error.issues.map((issue) => `${issue.path.join('.') || 'Fault'}: ${issue.message}`);
}

function notice(done: string): Notice | undefined {
  if (done === 'set') return { tone: 'done', text: 'The fault is set. It strikes from the next call on.' };
  if (done === 'cleared') return { tone: 'done', text: 'Cleared.' };
  return undefined;
}

function faultsBody(world: World): Html {
  const rows = [
    ...world.faults.list().map((fault) => faultRow(fault, world.now())),
    ...world.loginFaults.list().map((fault) => loginFaultRow(world, fault)),
  ];
  return html`<h1>Faults</h1>
    <p>
      Break the rehearsal on purpose and watch what a <a href="#sync">sync</a> or a
      <a href="#login">login</a> makes of it.
    </p>
    <h2>Set now</h2>
    ${rows.length === 0 ? html`<p>No fault is set: everything answers as it should.</p>` : faultTable(rows)}
    <h2 id="sync">Faults of a sync</h2>
    <div class="cards">${FAULT_FORMS.map(faultCard)}</div>
    <h2 id="login">Faults of a login</h2>
    <div class="cards">${LOGIN_FAULT_FORMS.map((form) => loginFaultCard(world, form))}</div>
    <h2>From a script</h2>
    <p>The same by HTTP, on this machine only:</p>
    <pre tabindex="0" role="region" aria-label="Commands">curl -X POST ${world.origin}/_rehearsal/faults -H 'content-type: application/json' \\
  -d '{"kind":"server-error","collection":"users","page":2,"times":1}'
curl -X POST ${world.origin}/_rehearsal/login-faults -H 'content-type: application/json' \\
  -d '{"kind":"id-token-nonce-wrong","times":1}'
curl ${world.origin}/_rehearsal/faults
curl -X DELETE ${world.origin}/_rehearsal/faults</pre>`;
}

function faultTable(rows: readonly Html[]): Html {
  return html`<table>
      <caption>Faults that are set</caption>
      <thead>
        <tr>
          <th scope="col">Fault</th><th scope="col">Aimed at</th><th scope="col">Times left</th>
          <th scope="col" class="number">Hits</th><th scope="col">Set</th><th scope="col">Action</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
    ${postButton({ action: `${FAULTS}/clear`, text: 'Clear all faults' })}`;
}

function faultRow(fault: Fault, now: number): Html {
  const title = titleOf(fault);
  const left = timesLeft(fault, now);
  const clear = postButton({
    action: `${FAULTS}/clear`,
    text: 'Clear',
    label: `Clear ${title}`,
    values: { id: fault.id },
  });
  return html`<tr>
    <th scope="row">${title}</th>
    <td>${aim(fault)}</td>
    <td>${left === 0 ? 'spent' : (left ?? (fault.until === null ? 'for good' : 'until its time is over'))}</td>
    <td class="number">${fault.hits}</td>
    <td>${timeText(fault.createdAt)}</td>
    <td>${clear}</td>
  </tr>`;
}

function titleOf(fault: Fault): string {
  return FAULT_FORMS.find((form) => form.kind === fault.kind)?.title ?? fault.kind;
}

function aim(fault: Fault): string {
  const parts = [
    fault.collection === 'any' ? 'every call' : fault.collection,
    fault.page === null ? '' : `page ${fault.page}`,
    fault.groupId === null ? '' : `group ${fault.groupId}`,
    fault.limitAbove > 0 ? `pages of more than ${fault.limitAbove} rows` : '',
    fault.skip > 0 ? `after ${fault.skip} calls` : '',
    fault.kind === 'slow' ? `${fault.milliseconds} ms` : '',
    fault.kind === 'narrowed-owner' ? `${Math.round(fault.share * 100)} % of the people at most` : '',
  ];
  return parts.filter(Boolean).join(', ');
}

function faultCard(form: FaultForm): Html {
  return html`<form method="post" action="${FAULTS}" class="card" aria-labelledby="${form.kind}-title">
    <h3 id="${form.kind}-title">${form.title}</h3>
    <p class="help">${form.story}</p>
    <input type="hidden" name="kind" value="${form.kind}" />
    ${form.fields.map(({ options, ...field }) =>
      options
        ? selectField({ ...field, options, prefix: form.kind })
        : textField({ ...field, prefix: form.kind }),
    )}
    <button aria-label="Set ${form.title}">Set</button>
  </form>`;
}
