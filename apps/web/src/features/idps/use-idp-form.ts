import type { Idp, IdpSettings } from '@gatehouse/contracts/idp';
import { useCallback, useEffect, useRef, useState } from 'react';
import { splitServerErrors } from '../../components/forms/server-errors.ts';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { isApiError } from '../../lib/api-error.ts';
import { fetchIdp, useChangeIdp } from './api.ts';
import {
  changedFields,
  type IdpField,
  type IdpValues,
  isIdpField,
  labelOf,
  mergeSaved,
  valuesOf,
} from './idp-values.ts';

export type IdpErrors = Partial<Record<IdpField, string>>;

export type IdpForm = {
  readonly idp: Idp;
  readonly values: IdpValues;
  readonly errors: IdpErrors;
  readonly formError: string | undefined;
  readonly notices: Idp['notices'];
  /** Names of fields that are not saved yet. */
  readonly changes: readonly string[];
  readonly isSaving: boolean;
  edit(patch: Partial<Pick<IdpValues, 'name' | 'clientSecret'>>): void;
  editSettings(patch: Partial<IdpSettings>): void;
  setError(field: IdpField, error: string | undefined): void;
  /** Answers what is saved now; null when it was refused, and the fields say why. */
  save(): Promise<Idp | null>;
  discard(): void;
};

const fieldsOfCodes: Readonly<Record<string, IdpField>> = {
  'name-taken': 'name',
  'domain-refused': 'domain',
  'issuer-refused': 'issuer',
  'connector-refused': 'connectorId',
};

/** The form of an IdP or draft: what is typed, what is saved, and what the server said about it. */
export function useIdpForm(idp: Idp): IdpForm {
  const [saved, setSaved] = useState(idp);
  const [values, setValues] = useState(() => valuesOf(idp));
  const [errors, setErrors] = useState<IdpErrors>({});
  const [formError, setFormError] = useState<string | undefined>();
  const [notices, setNotices] = useState<Idp['notices']>([]);
  const [isSaving, setSaving] = useState(false);
  const running = useRef<Promise<Idp | null> | null>(null);
  const announce = useAnnounce();
  const { mutateAsync } = useChangeIdp(idp.id);
  const changed = changedFields(valuesOf(saved), values);
  const isClean = changed.length === 0;

  // A newer version, from another tab or colleague: taken over where nothing is typed.
  useEffect(() => {
    if (running.current !== null || idp.settingsVersion < saved.settingsVersion) return;
    if (idp.settingsVersion > saved.settingsVersion && !isClean) return;
    setSaved(idp);
    if (idp.settingsVersion > saved.settingsVersion) setValues(valuesOf(idp));
  }, [idp, saved.settingsVersion, isClean]);

  const forget = useCallback((fields: readonly string[]) => {
    setErrors((before) =>
      Object.fromEntries(Object.entries(before).filter(([field]) => !fields.includes(field))),
    );
    setFormError(undefined);
  }, []);

  async function send(): Promise<Idp | null> {
    const sent = values;
    const secret = sent.clientSecret?.trim();
    try {
      const answer = await mutateAsync({
        expectedVersion: saved.settingsVersion,
        expectedName: saved.name,
        name: sent.name.trim(),
        settings: sent.settings,
        ...(secret ? { clientSecret: secret } : {}),
      });
      setSaved(answer);
      setValues((now) => mergeSaved(valuesOf(answer), sent, now));
      setErrors({});
      setFormError(undefined);
      setNotices(answer.notices);
      announce('Saved');
      return answer;
    } catch (error) {
      const theirs = isApiError(error, 'version-conflict') ? await takeTheirs() : null;
      if (theirs !== null) {
        setErrors({});
        setFormError(mergedWords(theirs));
        return null;
      }
      const { fields, form } = splitServerErrors(error, allFields, fieldsOfCodes);
      const found = Object.entries(fields).flatMap(([name, text]) => {
        const field = name.replace(/^settings\./, '');
        return isIdpField(field) ? [[field, text] as const] : [];
      });
      setErrors(Object.fromEntries(found));
      setFormError(form);
      return null;
    }
  }

  /** What is typed stays, everything else is as they saved it; the next save goes on from their version. */
  async function takeTheirs(): Promise<Idp | null> {
    try {
      const theirs = await fetchIdp(idp.id);
      setValues((now) => mergeSaved(valuesOf(theirs), valuesOf(saved), now));
      setSaved(theirs);
      return theirs;
    } catch {
      // The refusal itself is shown; the newer version comes with the next live update.
      return null;
    }
  }

  async function save(): Promise<Idp | null> {
    if (running.current !== null) return await running.current;
    if (isClean) return saved;
    setSaving(true);
    running.current = send();
    try {
      return await running.current;
    } finally {
      running.current = null;
      setSaving(false);
    }
  }

  return {
    idp: saved,
    values,
    errors,
    formError,
    notices,
    changes: changed.map(labelOf),
    isSaving,
    edit(patch) {
      setValues((before) => ({ ...before, ...patch }));
      forget(Object.keys(patch));
    },
    editSettings(patch) {
      setValues((before) => ({ ...before, settings: { ...before.settings, ...patch } }));
      forget(Object.keys(patch));
    },
    setError: (field, error) =>
      setErrors(({ [field]: _before, ...rest }) =>
        error === undefined ? rest : { ...rest, [field]: error },
      ),
    save,
    discard() {
      setValues(valuesOf(saved));
      setErrors({});
      setFormError(undefined);
    },
  };
}

/** After two people saved at once: nothing is lost, and nothing is saved over unseen. */
function mergedWords({ changedBy }: Idp): string {
  return `${changedBy} saved in the meantime. Your changes are still here, everything else is as ${changedBy} saved it. Look through it, then save again.`;
}

/** As the server may name them. */
const allFields = [
  'name',
  'clientSecret',
  ...[
    'preset',
    'domain',
    'issuer',
    'clientId',
    'clientAuthentication',
    'signingAlgorithm',
    'scopes',
    'maximumTokenAgeSeconds',
    'updateMethod',
    'connectorId',
    'directoryId',
    'createUsers',
    'matchBy',
  ].flatMap((name) => [name, `settings.${name}`]),
];
