import { type LoginFault, timesLeftOf } from '../../login-faults/login-fault-board.ts';
import type { World } from '../../world.ts';
import { postButton, selectField, textAreaField, textField } from '../forms.ts';
import { type Html, html } from '../html.ts';
import type { LoginFaultForm } from '../login-fault-forms.ts';
import { LOGIN_FAULT_TITLES } from '../login-fault-words.ts';
import { timeText } from '../words.ts';

const NOT_SHOWN = new Set(['id', 'kind', 'times', 'skip', 'clientId', 'createdAt', 'seen', 'hits']);
const LONGEST_SHOWN = 120;

/** A form that sets one of a family of login faults. */
export function loginFaultCard(world: World, form: LoginFaultForm): Html {
  const prefix = `login-${form.kinds[0]}`;
  const [only, ...others] = form.kinds;
  return html`<form method="post" action="/console/login-faults" class="card" aria-labelledby="${prefix}-title">
    <h3 id="${prefix}-title">${form.title}</h3>
    <p class="help">${form.story}</p>
    ${
      others.length === 0
        ? html`<input type="hidden" name="kind" value="${only}" />`
        : selectField({
            name: 'kind',
            label: 'Fault',
            value: only,
            options: form.kinds.map((kind) => ({ value: kind, label: LOGIN_FAULT_TITLES[kind] })),
            prefix,
          })
    }
    ${form.fields.map(({ options, isLong, ...field }) => {
      if (options) return selectField({ ...field, options, prefix });
      return isLong ? textAreaField({ ...field, prefix }) : textField({ ...field, prefix });
    })}
    ${selectField({
      name: 'times',
      label: 'How often',
      value: form.isForGood ? 'for-good' : '1',
      options: [
        { value: '1', label: 'Once' },
        { value: '3', label: 'Three times' },
        { value: 'for-good', label: 'For good' },
      ],
      prefix,
    })}
    ${selectField({
      name: 'clientId',
      label: 'Logins of',
      value: '',
      options: [
        { value: '', label: 'Every app' },
        ...world.apps.list().map((app) => ({ value: app.id, label: app.name })),
      ],
      prefix,
    })}
    <button aria-label="Set ${form.title}">Set</button>
  </form>`;
}

/** A login fault in the table of those that are set. */
export function loginFaultRow(world: World, fault: LoginFault): Html {
  const left = timesLeftOf(fault);
  const clear = postButton({
    action: '/console/faults/clear',
    text: 'Clear',
    label: `Clear ${fault.kind}`,
    values: { id: fault.id },
  });
  return html`<tr>
    <th scope="row">${LOGIN_FAULT_TITLES[fault.kind]}<br /><code>${fault.kind}</code></th>
    <td>${aim(world, fault)}</td>
    <td>${left === 0 ? 'spent' : (left ?? 'for good')}</td>
    <td class="number">${fault.hits}</td>
    <td>${timeText(fault.createdAt)}</td>
    <td>${clear}</td>
  </tr>`;
}

function aim(world: World, fault: LoginFault): string {
  const details = Object.entries(fault)
    .filter(([name, value]) => !NOT_SHOWN.has(name) && value !== undefined)
    .map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  const app = fault.clientId === null ? undefined : world.apps.find(fault.clientId);
  const who = fault.clientId === null ? 'every login' : `logins of ${app?.name ?? fault.clientId}`;
  const first = fault.skip > 0 ? [`after ${fault.skip}`] : [];
  const text = [who, ...details, ...first].join(', ');
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
