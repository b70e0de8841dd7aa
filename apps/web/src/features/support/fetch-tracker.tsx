import { trackerIdSchema } from '@gatehouse/contracts/tracker';
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import classes from './support.module.css';

/** Opens a tracker by the id that somebody reads out. */
export function FetchTracker() {
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const id = trackerIdSchema.safeParse(text);
    if (!id.success) return setError(id.error.issues[0]?.message ?? 'A tracker id looks like 4KX-9TQ.');
    void navigate({ to: '/support/trackers/$trackerId', params: { trackerId: id.data } });
  };
  return (
    <form onSubmit={submit} className={classes.fetch}>
      <TextInput
        aria-label="Fetch tracker by id"
        placeholder="Fetch tracker by id"
        leftSection={<IconSearch size={15} stroke={1.6} aria-hidden="true" />}
        value={text}
        error={error}
        maxLength={20}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setError(null);
        }}
      />
    </form>
  );
}
