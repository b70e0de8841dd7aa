import type { Connector } from '@gatehouse/contracts/connector';
import { useNavigate } from '@tanstack/react-router';
import { useRef, useState } from 'react';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { useCreateConnector, useTestConnection } from './api.ts';
import { checkConnection } from './check-connection.ts';
import type { FieldErrors } from './connector-form.ts';
import { emptyDraft, keepDraft, type NewConnectorDraft, readDraft } from './new-connector-draft.ts';
import { connectorErrors, firstErrorField } from './server-field-errors.ts';
import type { SaveAction } from './use-connector-form.ts';

type Edit = Partial<{ name: string; domain: string; apiToken: string | null }>;

/** The form of a connector that is not saved yet. Name and domain survive a reload; the token does not. */
export function useNewConnector() {
  const [draft, setDraft] = useState<NewConnectorDraft>(() => readDraft());
  const [apiToken, setApiToken] = useState<string | null>(null);
  const [errors, setErrors] = useState<FieldErrors>({});
  const [formError, setFormError] = useState<string | undefined>();
  const [busy, setBusy] = useState<SaveAction | null>(null);
  const running = useRef(false);
  const navigate = useNavigate();
  const announce = useAnnounce();
  const create = useCreateConnector();
  const test = useTestConnection();
  const refs = {
    name: useRef<HTMLInputElement>(null),
    domain: useRef<HTMLInputElement>(null),
    apiToken: useRef<HTMLDivElement>(null),
  };

  function change(next: NewConnectorDraft): void {
    setDraft(next);
    keepDraft(next);
  }

  function edit(patch: Edit): void {
    const { apiToken: token, ...rest } = patch;
    if (token !== undefined) setApiToken(token);
    if (Object.keys(rest).length > 0) change({ ...draft, ...rest });
    setErrors((before) => {
      const gone = Object.keys(patch);
      return Object.fromEntries(Object.entries(before).filter(([field]) => !gone.includes(field)));
    });
    setFormError(undefined);
  }

  function refuse(found: FieldErrors, text: string | undefined): null {
    setErrors(found);
    setFormError(text);
    const field = firstErrorField(found, 'connection');
    if (field === 'name' || field === 'domain') refs[field].current?.focus();
    if (field === 'apiToken') refs.apiToken.current?.querySelector('input')?.focus();
    return null;
  }

  async function save(): Promise<Connector | null> {
    const found = checkConnection(draft);
    if (Object.keys(found).length > 0) return refuse(found, undefined);
    const token = apiToken?.trim();
    try {
      return await create.mutateAsync({
        kind: 'okta',
        name: draft.name,
        settings: { domain: draft.domain, schedule: { enabled: false, value: null } },
        ...(token ? { apiToken: token } : {}),
      });
    } catch (error) {
      const refusal = connectorErrors(error);
      return refuse(refusal.errors, refusal.formError);
    }
  }

  /** One at a time: a second click while one runs does nothing. */
  async function run(action: SaveAction): Promise<void> {
    if (running.current) return;
    running.current = true;
    setBusy(action);
    try {
      const saved = await save();
      if (saved === null) return;
      keepDraft(emptyDraft);
      announce('Saved');
      // A test that does not start leaves the saved connector marked as not tested, with its button to test.
      if (action === 'save-and-test') await test.mutateAsync(saved.id).catch(() => undefined);
      await open(saved, action);
    } finally {
      running.current = false;
      setBusy(null);
    }
  }

  async function open(saved: Connector, action: SaveAction): Promise<void> {
    if (action === 'save-and-return') return navigate({ to: '/connectors', ignoreBlocker: true });
    return navigate({
      to: '/connectors/$connectorId/connection',
      params: { connectorId: saved.id },
      replace: true,
      ignoreBlocker: true,
    });
  }

  function discard(): void {
    setApiToken(null);
    setErrors({});
    setFormError(undefined);
    change({ ...emptyDraft, kind: draft.kind });
  }

  return {
    draft,
    apiToken,
    errors,
    formError,
    busy,
    refs,
    edit,
    run,
    discard,
    chooseKind: () => change({ ...draft, kind: 'okta' }),
    checkDomain: (error: string | undefined) =>
      setErrors(({ domain: _before, ...rest }) => (error === undefined ? rest : { ...rest, domain: error })),
    changes: changesOf(draft, apiToken),
    /** Name and domain wait here; only the token would be gone. */
    lostOnLeaving: apiToken?.trim() ? ['API token'] : [],
  };
}

function changesOf(draft: NewConnectorDraft, apiToken: string | null): string[] {
  return [
    ...(draft.name.trim() === '' ? [] : ['Name']),
    ...(draft.domain.trim() === '' ? [] : ['Okta domain']),
    ...(apiToken?.trim() ? ['API token'] : []),
  ];
}
