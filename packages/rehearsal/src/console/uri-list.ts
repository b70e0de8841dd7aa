import { type Html, html } from './html.ts';

/** A list of texts in one form: each in its input, with a button that adds one more and one that takes one away. */
export type TextList = {
  readonly name: string;
  /** Label of the first input; the others are numbered. */
  readonly label: string;
  /** What one of them is called. */
  readonly one: string;
  readonly values: readonly string[];
  readonly addText: string;
  readonly help?: string;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  /** Id of a `datalist` with proposals. */
  readonly proposals?: string;
};

/** The inputs of a list. There is always one. */
export function textList(list: TextList): Html {
  const values = list.values.length === 0 ? [''] : list.values;
  const errorId = `${list.name}-error`;
  const helpId = `${list.name}-help`;
  const describedBy = [list.help ? helpId : '', list.error ? errorId : ''].filter(Boolean).join(' ');
  return html`<div class="text-list">
    ${values.map((value, index) => {
      const id = `${list.name}-${index}`;
      return html`<div class="field">
        <label for="${id}">${index === 0 ? list.label : `${list.one} ${index + 1}`}</label>
        <div class="with-button">
          <input id="${id}" name="${list.name}" type="text" value="${value}" autocomplete="off" spellcheck="false"
            ${list.placeholder && html`placeholder="${list.placeholder}"`}
            ${list.proposals && html`list="${list.proposals}"`}
            ${list.error && html`aria-invalid="true"`}
            ${describedBy && html`aria-describedby="${describedBy}"`}
            ${value === '' && index > 0 && html`autofocus`} />
          ${(values.length > 1 || value !== '') && removeButton(list, index)}
        </div>
      </div>`;
    })}
    ${list.help && html`<p class="help" id="${helpId}">${list.help}</p>`}
    ${list.error && html`<p class="error" id="${errorId}">${list.error}</p>`}
    <p><button name="list" value="add ${list.name}" formnovalidate>${list.addText}</button></p>
  </div>`;
}

function removeButton(list: TextList, index: number): Html {
  const label = `Remove ${list.one} ${index + 1}`;
  return html`<button name="list" value="remove ${list.name} ${index}" formnovalidate aria-label="${label}">Remove</button>`;
}

/**
 * First in a form, so that Enter in an input saves: browsers press the first button. Out of sight and out
 * of the tab order, because the same button stands at the end.
 */
export function defaultButton(): Html {
  return html`<button class="default" tabindex="-1" aria-hidden="true"></button>`;
}

/** The lists after the button that was pressed: one entry more or one less. Null when another button was. */
export function changedLists<Name extends string>(
  pressed: string | undefined,
  lists: Readonly<Record<Name, readonly string[]>>,
): Record<Name, readonly string[]> | null {
  const [action, name, index] = (pressed ?? '').split(' ');
  if (!name || !Object.hasOwn(lists, name)) return null;
  const values = lists[name as Name];
  const changed =
    action === 'add' ? [...values, ''] : values.filter((_value, position) => position !== Number(index));
  return { ...lists, [name]: changed };
}
