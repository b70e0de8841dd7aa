import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { metadataImportQuery, useImportMetadata } from './api.ts';
import type { IdpField } from './idp-values.ts';
import type { IdpForm } from './use-idp-form.ts';

/** *Import Metadata*: saves what is typed, then imports for it. */
export function useImport(form: IdpForm) {
  const { idp } = form;
  const query = useQuery(metadataImportQuery(idp.id));
  const start = useImportMetadata(idp.id);
  const [isStarting, setStarting] = useState(false);
  const [problem, setProblem] = useState<string | undefined>();
  /** Fields of this form, so that a failed check leads to its one. */
  const fields = useRef(new Map<IdpField, HTMLElement>());
  const [wanted, setWanted] = useState<IdpField | null>(null);
  const last = query.data?.import ?? idp.metadataImport;

  // After the render that shows it: a stored secret has no input before it is replaced.
  useEffect(() => {
    if (wanted === null) return;
    setWanted(null);
    focusField(fields.current.get(wanted));
  }, [wanted]);

  async function run(): Promise<void> {
    if (isStarting || last?.state === 'running') return;
    setStarting(true);
    setProblem(undefined);
    try {
      if ((await form.save()) === null) return;
      await start.mutateAsync();
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error));
    } finally {
      setStarting(false);
    }
  }

  return {
    last,
    problem,
    isRunning: isStarting || last?.state === 'running',
    run: () => void run(),
    fieldRef: (field: IdpField) => (element: HTMLElement | null) => {
      if (element === null) fields.current.delete(field);
      else fields.current.set(field, element);
    },
    goToField(field: IdpField): void {
      const isStored = idp.clientSecret.set && form.values.clientSecret === null;
      if (field === 'clientSecret' && isStored) form.edit({ clientSecret: '' });
      setWanted(field);
    },
  };
}

function focusField(element: HTMLElement | undefined): void {
  // What is folded away cannot take the focus.
  element?.closest('details')?.setAttribute('open', '');
  const input = element?.matches('input') ? element : element?.querySelector<HTMLElement>('input');
  input?.scrollIntoView({ block: 'center' });
  input?.focus();
}

export type MetadataImporter = ReturnType<typeof useImport>;
