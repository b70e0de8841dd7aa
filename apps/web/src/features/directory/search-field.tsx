import { TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { type Ref, useEffect, useState } from 'react';
import classes from './directory.module.css';

const TYPING_RESTS = 250;

type SearchFieldProps = {
  label: string;
  /** As it stands in the URL. */
  words: string;
  onChange: (words: string) => void;
  ref?: Ref<HTMLInputElement>;
};

/** A search that tells its words when typing rests, and follows the URL when that changes from outside. */
export function SearchField({ label, words, onChange, ref }: SearchFieldProps) {
  const [typed, setTyped] = useState(words);
  const tell = useDebouncedCallback((text: string) => onChange(text.trim()), TYPING_RESTS);
  useEffect(() => setTyped((before) => (before.trim() === words ? before : words)), [words]);
  return (
    <TextInput
      ref={ref}
      className={classes.search ?? ''}
      type="search"
      aria-label={label}
      placeholder={label}
      maxLength={200}
      leftSection={<IconSearch size={15} stroke={1.7} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
