import type { Tracker, testableIdpSchema } from '@gatehouse/contracts/tracker';
import { Button, Modal, Radio } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { FormError } from '../../components/forms/form-error.tsx';
import { ButtonLink } from '../../components/ui/button-link.tsx';
import { ErrorPanel } from '../../components/ui/error-panel.tsx';
import { SkeletonRows } from '../../components/ui/skeleton.tsx';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { testableIdpsQuery, useCreateTracker } from './api.ts';
import classes from './support.module.css';

type NewTrackerDialogProps = { onClose: () => void; onCreated: (tracker: Tracker) => void };

/** Starts a tracker; with several IdPs it asks which one is tested. */
export function NewTrackerDialog(props: NewTrackerDialogProps) {
  const idps = useQuery(testableIdpsQuery);
  return (
    <Modal opened onClose={props.onClose} title="New Tracker" size={460}>
      {idps.isPending && <SkeletonRows label="Loading the identity providers" rows={2} rowHeight={42} />}
      {idps.isError && (
        <ErrorPanel
          title="The identity providers could not be read"
          error={idps.error}
          onRetry={() => void idps.refetch()}
        />
      )}
      {idps.data && <Choice idps={idps.data.items} {...props} />}
    </Modal>
  );
}

type TestableIdp = z.infer<typeof testableIdpSchema>;

function Choice({ idps, onClose, onCreated }: NewTrackerDialogProps & { idps: readonly TestableIdp[] }) {
  const [isAsked] = useState(idps.length !== 1);
  const only = isAsked ? undefined : idps[0];
  const [chosen, setChosen] = useState<string | null>(only?.id ?? null);
  const { mutate, isPending, error, isIdle } = useCreateTracker();
  const hasStarted = useRef(false);

  // Nothing to ask with one IdP, if it was the only one from the start.
  useEffect(() => {
    if (only === undefined || hasStarted.current) return;
    hasStarted.current = true;
    mutate(only.id, { onSuccess: onCreated });
  }, [only, mutate, onCreated]);

  if (idps.length === 0) return <NothingToTest onClose={onClose} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosen !== null) mutate(chosen, { onSuccess: onCreated });
  };
  return (
    <form onSubmit={submit} className={classes.dialog}>
      <FormError text={error?.message} />
      <Radio.Group label="Which IdP is tested?" value={chosen} onChange={setChosen}>
        <div className={classes.choices}>
          {idps.map((idp) => (
            <Radio
              key={idp.id}
              value={idp.id}
              label={<TextWithHiddenCharacters text={idp.name === '' ? 'Draft without a name' : idp.name} />}
              description={idp.issuer ?? undefined}
            />
          ))}
        </div>
      </Radio.Group>
      <p className={classes.dim}>
        The test URL works once, for an hour. Nothing is written to the directory.
      </p>
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <Button
          type="submit"
          variant="filled"
          disabled={chosen === null}
          loading={isPending || (only !== undefined && isIdle)}
        >
          Start the tracker
        </Button>
      </div>
    </form>
  );
}

function NothingToTest({ onClose }: { onClose: () => void }) {
  return (
    <div className={classes.dialog}>
      <p>
        There is no identity provider to test yet. One can be tested as soon as its metadata is imported and
        its client secret is set.
      </p>
      <div className={classes.buttons}>
        <Button onClick={onClose}>Cancel</Button>
        <ButtonLink to="/idps" variant="filled">
          Go to SSO
        </ButtonLink>
      </div>
    </div>
  );
}
