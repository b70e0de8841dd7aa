import type { Connector } from '@gatehouse/contracts/connector';
import { createContext, useContext, useEffect, useRef } from 'react';
import type { ConnectorForm, ConnectorFormAction, ErrorField } from './connector-form.ts';
import type { ConnectorValues } from './connector-values.ts';

/** What the tabs of a connector share. */
export type ConnectorEditor = {
  /** As the server told it last. */
  connector: Connector;
  form: ConnectorForm;
  dispatch: (action: ConnectorFormAction) => void;
  edit: (patch: Partial<ConnectorValues>) => void;
  /** Opens the tab of a field and puts the focus there. */
  goToField: (field: ErrorField) => void;
  /** The field that waits for the focus. */
  wantedField: ErrorField | null;
  focusTaken: () => void;
  /** Enter in a field of the Connection tab. */
  saveAndTest: () => void;
  /** Tests what is saved. */
  testAgain: () => void;
  testing: boolean;
};

export const ConnectorEditorContext = createContext<ConnectorEditor | null>(null);

/** Only below `ConnectorPage`. */
export function useConnectorEditor(): ConnectorEditor {
  const editor = useContext(ConnectorEditorContext);
  if (editor === null) throw new Error('useConnectorEditor needs a ConnectorPage around it');
  return editor;
}

/** The `ref` of a field that takes the focus when `goToField` asked for it, also right after its tab opened. */
export function useFieldFocus<Element extends HTMLElement>(field: ErrorField) {
  const ref = useRef<Element>(null);
  const { wantedField, focusTaken } = useConnectorEditor();
  useEffect(() => {
    if (wantedField !== field || ref.current === null) return;
    const box = ref.current;
    const input = box.matches('input') ? box : box.querySelector<HTMLElement>('input, button');
    input?.scrollIntoView({ block: 'center' });
    input?.focus();
    focusTaken();
  }, [wantedField, field, focusTaken]);
  return ref;
}
