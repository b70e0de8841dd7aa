import type { SecretState } from '@gatehouse/contracts/connector';
import { oktaConnectorField } from '@gatehouse/contracts/okta-connector';
import { type RefObject, useEffect, useRef } from 'react';
import { SecretField } from '../../components/forms/secret-field.tsx';
import { Glyph } from '../../components/ui/glyph.tsx';
import classes from './connection.module.css';

type TokenFieldProps = {
  /** The stored token; null where nothing is stored yet. */
  stored: SecretState | null;
  value: string | null;
  error: string | undefined;
  onChange: (value: string | null) => void;
  /** The domain that the stored token belongs to, when the form names another one now. */
  lostWith?: { from: string; to: string } | undefined;
  boxRef?: RefObject<HTMLDivElement | null>;
};

/** The API token: write-only, with *Replace*. */
export function TokenField({ stored, value, error, onChange, lostWith, boxRef }: TokenFieldProps) {
  const own = useRef<HTMLDivElement>(null);
  const ref = boxRef ?? own;
  const setAt = stored?.set ? stored.updatedAt : null;
  const replacing = setAt !== null && value !== null;
  const wasReplacing = useRef(replacing);

  // The button that was pressed is gone: the focus goes to what took its place.
  useEffect(() => {
    if (replacing !== wasReplacing.current) ref.current?.querySelector<HTMLElement>('input, button')?.focus();
    wasReplacing.current = replacing;
  }, [replacing, ref]);

  return (
    <div ref={ref}>
      <SecretField
        label={oktaConnectorField('apiToken').label}
        setAt={setAt}
        setBy={stored?.updatedBy ?? null}
        usedAt={stored?.usedAt ?? null}
        value={value}
        onChange={onChange}
        error={error}
      />
      {lostWith ? (
        <p className={classes.tokenNote}>
          <Glyph state="warning" label="" />
          <span>
            The stored token belongs to <strong>{lostWith.from}</strong> and is never sent to another host.
            Paste a token of <strong>{lostWith.to}</strong>; without one, saving removes the stored token.
          </span>
        </p>
      ) : (
        (setAt === null || replacing) && (
          <p className={classes.hint}>
            Stored encrypted, never shown again. It has the rights of the administrator who made it.
          </p>
        )
      )}
      {replacing && (
        <button type="button" className={classes.link} onClick={() => onChange(null)}>
          Keep the stored token
        </button>
      )}
    </div>
  );
}
