import { oktaConnectorField } from '@gatehouse/contracts/okta-connector';
import { TextInput } from '@mantine/core';
import { Fragment, type RefObject, useState } from 'react';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import classes from './connection.module.css';
import { readAs, settleDomain } from './domain-field-state.ts';

type DomainFieldProps = {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  /** What was found when the field was left. */
  onChecked: (error: string | undefined) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
};

/** The Okta domain: takes any paste, keeps the domain, and says what it took away. */
export function DomainField({ value, error, onChange, onChecked, inputRef }: DomainFieldProps) {
  const [cleaned, setCleaned] = useState<{ paste: string; value: string; removed: readonly string[] } | null>(
    null,
  );
  const [kept, setKept] = useState<string | null>(null);
  const announce = useAnnounce();

  function settle(): void {
    const settled = settleDomain(value, kept);
    onChecked(settled.error);
    if (settled.value !== value) onChange(settled.value);
    if (settled.cleaned === null) return;
    setCleaned({ ...settled.cleaned, value: settled.value });
    announce(`Removed ${settled.cleaned.removed.join(' and ')}`);
  }

  function undo(): void {
    if (cleaned === null) return;
    setKept(cleaned.paste);
    setCleaned(null);
    onChange(cleaned.paste);
    inputRef?.current?.focus();
  }

  const reading = readAs(value);
  return (
    <TextInput
      ref={inputRef}
      label={oktaConnectorField('domain').label}
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={settle}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      description={
        cleaned !== null && cleaned.value === value ? (
          <span className={classes.removed}>
            Removed <Pieces pieces={cleaned.removed} />.{' '}
            <button type="button" className={classes.link} onClick={undo}>
              Undo
            </button>
          </span>
        ) : reading !== undefined ? (
          <>
            Read as <strong>{reading}</strong>
          </>
        ) : value === '' ? (
          'As in acme.okta.com. Any paste is understood, also the address of the admin console.'
        ) : undefined
      }
    />
  );
}

/** "https://, -admin and /admin/apps", each struck out. */
function Pieces({ pieces }: { pieces: readonly string[] }) {
  return pieces.map((piece, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one paste, in their order
    <Fragment key={index}>
      {index > 0 && (index === pieces.length - 1 ? ' and ' : ', ')}
      <s>{piece}</s>
    </Fragment>
  ));
}
