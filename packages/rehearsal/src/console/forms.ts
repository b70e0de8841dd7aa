import { type Html, type HtmlValue, html } from './html.ts';

export type Field = {
  readonly name: string;
  readonly label: string;
  readonly value?: string | number | undefined;
  readonly type?: 'text' | 'search' | 'number';
  readonly help?: HtmlValue;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly step?: string;
  /** Tells fields of the same name on one page apart. */
  readonly prefix?: string;
};

export type Option = { readonly value: string; readonly label: string };

/** A labelled input with its help and its error. */
export function textField(field: Field): Html {
  const id = `${field.prefix ?? 'field'}-${field.name}`;
  const describedBy = [field.help ? `${id}-help` : '', field.error ? `${id}-error` : '']
    .filter(Boolean)
    .join(' ');
  return html`<div class="field">
    <label for="${id}">${field.label}</label>
    <input
      id="${id}"
      name="${field.name}"
      type="${field.type ?? 'text'}"
      value="${field.value ?? ''}"
      autocomplete="off"
      ${field.min !== undefined && html`min="${field.min}"`}
      ${field.max !== undefined && html`max="${field.max}"`}
      ${field.step !== undefined && html`step="${field.step}"`}
      ${field.isRequired && html`required`}
      ${field.error && html`aria-invalid="true"`}
      ${describedBy && html`aria-describedby="${describedBy}"`}
    />
    ${field.help && html`<p class="help" id="${id}-help">${field.help}</p>`}
    ${field.error && html`<p class="error" id="${id}-error">${field.error}</p>`}
  </div>`;
}

/** A labelled input of several lines. */
export function textAreaField(field: Omit<Field, 'type'>): Html {
  const id = `${field.prefix ?? 'field'}-${field.name}`;
  return html`<div class="field">
    <label for="${id}">${field.label}</label>
    <textarea id="${id}" name="${field.name}" rows="4" spellcheck="false"${field.help && html` aria-describedby="${id}-help"`}>
${field.value ?? ''}</textarea>
    ${field.help && html`<p class="help" id="${id}-help">${field.help}</p>`}
  </div>`;
}

/** One of a few, all in sight. */
export function radioField(field: {
  name: string;
  legend: string;
  value?: string | undefined;
  error?: string | undefined;
  options: readonly (Option & { readonly help?: string })[];
}): Html {
  const errorId = `radio-${field.name}-error`;
  return html`<fieldset${field.error && html` aria-describedby="${errorId}"`}>
    <legend>${field.legend}</legend>
    ${field.options.map(({ value, label, help }) => {
      const id = `radio-${field.name}-${value}`;
      return html`<p class="choice">
        <input type="radio" id="${id}" name="${field.name}" value="${value}" required
          ${value === field.value && html`checked`} ${help && html`aria-describedby="${id}-help"`} />
        <label for="${id}">${label}</label>
        ${help && html`<span class="help" id="${id}-help">${help}</span>`}
      </p>`;
    })}
    ${field.error && html`<p class="error" id="${errorId}">${field.error}</p>`}
  </fieldset>`;
}

/** A text to be copied: it can be selected with one key and not be changed. */
export function copyField(field: { id: string; label: string; value: string; help?: HtmlValue }): Html {
  return html`<div class="field wide">
    <label for="${field.id}">${field.label}</label>
    <input id="${field.id}" class="value" readonly value="${field.value}" autocomplete="off"
      ${field.help && html`aria-describedby="${field.id}-help"`} />
    ${field.help && html`<p class="help" id="${field.id}-help">${field.help}</p>`}
  </div>`;
}

/** A labelled choice. */
export function selectField(field: Omit<Field, 'type'> & { options: readonly Option[] }): Html {
  const id = `${field.prefix ?? 'field'}-${field.name}`;
  return html`<div class="field">
    <label for="${id}">${field.label}</label>
    <select id="${id}" name="${field.name}"${field.help && html` aria-describedby="${id}-help"`}>
      ${field.options.map(
        ({ value, label }) =>
          html`<option value="${value}"${value === String(field.value ?? '') && html` selected`}>${label}</option>`,
      )}
    </select>
    ${field.help && html`<p class="help" id="${id}-help">${field.help}</p>`}
  </div>`;
}

/** One button that posts; `label` is what a screen reader says where the text alone is not enough. */
export function postButton(at: {
  action: string;
  text: string;
  label?: string;
  tone?: 'danger' | 'primary';
  values?: Readonly<Record<string, string>>;
}): Html {
  return html`<form method="post" action="${at.action}" class="inline">
    ${hiddenFields(at.values ?? {})}
    <button class="${at.tone ?? ''}"${at.label && html` aria-label="${at.label}"`}>${at.text}</button>
  </form>`;
}

/** A page that asks before something that cannot be taken back. */
export function confirmation(at: {
  question: HtmlValue;
  consequences: readonly HtmlValue[];
  action: string;
  confirm: string;
  cancelHref: string;
}): Html {
  return html`<h1>${at.question}</h1>
    <ul class="consequences">
      ${at.consequences.map((consequence) => html`<li>${consequence}</li>`)}
    </ul>
    <form method="post" action="${at.action}" class="row">
      <button class="danger">${at.confirm}</button>
      <a class="button" href="${at.cancelHref}">Cancel</a>
    </form>`;
}

/** Where a list stands, and the ways to its other pages. */
export function pager(at: {
  path: string;
  query: Readonly<Record<string, string>>;
  offset: number;
  limit: number;
  total: number;
}): Html {
  const { offset, limit, total } = at;
  const href = (to: number) =>
    `${at.path}?${new URLSearchParams({ ...withoutEmpty(at.query), offset: String(Math.max(0, to)) })}`;
  const range = total === 0 ? 'None' : `${offset + 1}–${Math.min(offset + limit, total)} of ${total}`;
  return html`<nav class="pager" aria-label="Pages">
    <span>${range}</span>
    ${offset > 0 && html`<a rel="prev" href="${href(offset - limit)}">Previous</a>`}
    ${offset + limit < total && html`<a rel="next" href="${href(offset + limit)}">Next</a>`}
  </nav>`;
}

function hiddenFields(values: Readonly<Record<string, string>>): Html[] {
  return Object.entries(values).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
  );
}

function withoutEmpty(query: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''));
}
