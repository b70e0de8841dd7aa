import { Button, Input, PasswordInput } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { RelativeTime } from '../ui/times.tsx';
import classes from './secret-field.module.css';

type SecretFieldProps = {
  label: string;
  description?: ReactNode;
  /** When the stored secret was set; null when there is none. */
  setAt: string | null;
  /** Who set it. */
  setBy?: string | null;
  /** When it was last used. */
  usedAt?: string | null;
  /** The new value while it is typed; null: the stored one stays. */
  value: string | null;
  onChange: (value: string | null) => void;
  error?: ReactNode;
  /** In a narrow place: only when it was set and used. */
  compact?: boolean;
};

/** A write-only value: when it was set and used, or a field to replace it. The stored value is never shown. */
export function SecretField(props: SecretFieldProps) {
  const { label, description, setAt, setBy, usedAt, value, onChange, error, compact = false } = props;
  const id = useId();
  if (setAt !== null && value === null) {
    return (
      <Input.Wrapper label={label} description={description} error={error} labelElement="div">
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame of its own */}
        <div className={classes.field} role="group" aria-label={label} id={id}>
          <IconLock size={15} stroke={1.7} aria-hidden="true" />
          <span className={classes.text}>
            Set <RelativeTime instant={setAt} />
            {setBy && !compact && <> by {setBy}</>}
            {usedAt && (
              <>
                , used <RelativeTime instant={usedAt} show="relative" />
              </>
            )}
            {!compact && '. Stored encrypted, never shown again.'}
          </span>
          <Button variant="subtle" size="xs" onClick={() => onChange('')}>
            Replace
          </Button>
        </div>
      </Input.Wrapper>
    );
  }
  return (
    <PasswordInput
      label={label}
      description={description}
      error={error}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value)}
      autoComplete="off"
      spellCheck={false}
      aria-invalid={error !== undefined && error !== null ? true : undefined}
      autoFocus={setAt !== null}
      visibilityToggleButtonProps={{ 'aria-label': `Show the ${label}` }}
    />
  );
}
