import { oktaConnectorField } from '@gatehouse/contracts/okta-connector';
import { TextInput } from '@mantine/core';
import { Fragment, type RefObject, useState } from 'react';
import { useAnnounce } from '../ui/live-region.tsx';
import classes from './domain-field.module.css';
import { type CleanedPaste, cleanedWords, readAs, settleDomain } from './domain-field-state.ts';

type DomainFieldProps = {
  value: string;
  error: string | undefined;
  onChange: (value: string) => void;
  /** What was found when the field was left. */
  onChecked: (error: string | undefined) => void;
  inputRef?: RefObject<HTMLInputElement | null>;
  /** A pasted path of an authorization server stays: the server makes it the issuer. */
  keepsAuthorizationServer?: boolean;
};

/** `/oauth2/default`; `/oauth2/v1/…` are the org's own endpoints. */
const authorizationServerPath = /\/oauth2\/(?!v1\b)[\w-]+/;

/** The Okta domain: takes any paste, keeps the domain, and says what it took away. */
export function DomainField(props: DomainFieldProps) {
  const { value, error, onChange, onChecked, inputRef, keepsAuthorizationServer = false } = props;
  const [cleaned, setCleaned] = useState<(CleanedPaste & { value: string }) | null>(null);
  const [kept, setKept] = useState<string | null>(null);
  const announce = useAnnounce();

  function settle(): void {
    const isKept = keepsAuthorizationServer && authorizationServerPath.test(value);
    const settled = settleDomain(value, isKept ? value : kept);
    onChecked(settled.error);
    if (settled.value !== value) onChange(settled.value);
    if (settled.cleaned === null) return;
    setCleaned({ ...settled.cleaned, value: settled.value });
    announce(cleanedWords(settled.cleaned));
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
            <Cleaned cleaned={cleaned} />{' '}
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

/** The words of `cleanedWords`, with the pieces of the paste struck out. */
function Cleaned({ cleaned: { removed, spaces, lowered } }: { cleaned: CleanedPaste }) {
  const count = removed.length + (spaces ? 1 : 0);
  const before = (index: number) => (index === 0 ? '' : index === count - 1 ? ' and ' : ', ');
  return (
    <>
      {count > 0 && 'Removed '}
      {removed.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one paste, in their order
        <Fragment key={index}>
          {before(index)}
          <s>{piece}</s>
        </Fragment>
      ))}
      {spaces && `${before(count - 1)}spaces`}
      {count > 0 && '.'}
      {lowered && `${count > 0 ? ' ' : ''}Now in lower case.`}
    </>
  );
}
