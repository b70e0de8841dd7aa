import type { Idp, ImportCheck, MetadataImport } from '@gatehouse/contracts/idp';
import type { ImportState } from '@gatehouse/contracts/import-codes';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { Callout } from '../../components/ui/callout.tsx';
import { Checklist, type ChecklistLine } from '../../components/ui/checklist.tsx';
import { CopyButton } from '../../components/ui/copy-button.tsx';
import { useAnnounce } from '../../components/ui/live-region.tsx';
import { Panel } from '../../components/ui/panel.tsx';
import { RawText } from '../../components/ui/raw-text.tsx';
import type { GlyphState } from '../../components/ui/state-vocabulary.ts';
import { TextWithHiddenCharacters } from '../../components/ui/text-with-hidden-characters.tsx';
import { formatDuration } from '../../lib/format.ts';
import { importedWords, summaryOfImport } from './import-summary.ts';
import type { MetadataImporter } from './use-import.ts';
import classes from './wizard.module.css';

const glyphs: Readonly<Record<ImportState, GlyphState>> = {
  waiting: 'not-done',
  running: 'running',
  passed: 'passed',
  warning: 'warning',
  failed: 'failed',
  skipped: 'not-reached',
};

/** The last or running import: each check with what was found, and the one thing to fix. */
export function ImportPanel({ idp, metadata }: { idp: Idp; metadata: MetadataImporter }) {
  const { last } = metadata;
  const [shownRaw, setShownRaw] = useState<string | null>(null);
  useAnnouncedEnd(last);
  const box = useShownFailure(last);
  if (last === null) return null;
  const isOlder = last.settingsVersion !== idp.settingsVersion && last.state !== 'running';
  const isDone = last.state === 'passed' || last.state === 'warning';
  return (
    <div className={classes.import} ref={box}>
      {isDone && idp.metadata !== null && !isOlder && (
        <Callout kind="passed" title="Import successful">
          {importedWords(idp.metadata)}
        </Callout>
      )}
      <Panel
        title="Import Metadata"
        action={
          <span className={classes.dim}>
            {isOlder ? `${summaryOfImport(last)}, before the last change` : summaryOfImport(last)}
          </span>
        }
        padded={false}
      >
        <Checklist
          label="Checks of the import"
          density="dense"
          lines={last.checks.map((check) =>
            lineOf(check, { callbackUrl: idp.callbackUrl, metadata, shownRaw, onRaw: setShownRaw }),
          )}
        />
      </Panel>
    </div>
  );
}

type LineParts = {
  callbackUrl: string;
  metadata: MetadataImporter;
  shownRaw: string | null;
  onRaw: (code: string | null) => void;
};

function lineOf(check: ImportCheck, parts: LineParts): ChecklistLine {
  const { code, label, state, durationMs, problem } = check;
  const fact = check.fact ?? (problem === null ? null : problemWords[state]);
  return {
    id: code,
    state: glyphs[state],
    name: label,
    ...(fact === null || fact === undefined ? {} : { fact: <TextWithHiddenCharacters text={fact} /> }),
    ...(durationMs === null ? {} : { time: formatDuration(durationMs) }),
    ...(problem === null
      ? {}
      : {
          detail: {
            saw: <TextWithHiddenCharacters text={problem.saw} />,
            matters: problem.matters,
            todo: problem.advice,
            actions: <Actions check={check} field={problem.field} {...parts} />,
          },
        }),
  };
}

/** Beside the name of a check, which says what should be. */
const problemWords: Partial<Record<ImportState, string>> = {
  failed: 'failed',
  warning: 'look at this',
};

const fieldWords: Readonly<Record<NonNullable<NonNullable<ImportCheck['problem']>['field']>, string>> = {
  domain: 'Go to the Okta domain',
  issuer: 'Go to the issuer',
  clientId: 'Go to the Client ID',
  clientSecret: 'Replace client secret',
  signingAlgorithm: 'Go to the signing algorithm',
  scopes: 'Go to the scopes',
  clientAuthentication: 'Go to the client authentication',
};

type ActionsProps = LineParts & { check: ImportCheck; field: NonNullable<ImportCheck['problem']>['field'] };

function Actions({ check, field, callbackUrl, metadata, shownRaw, onRaw }: ActionsProps) {
  const isShown = shownRaw === check.code;
  return (
    <>
      {check.problem?.code === 'import-callback-not-registered' && (
        <CopyButton value={callbackUrl} label="callback URL" text="Copy callback URL" size="xs" />
      )}
      {field !== null && (
        <Button variant="filled" size="xs" onClick={() => metadata.goToField(field)}>
          {fieldWords[field]}
        </Button>
      )}
      <Button
        size="xs"
        onClick={metadata.run}
        disabled={metadata.isRunning}
        leftSection={<IconRefresh size={14} stroke={1.8} aria-hidden="true" />}
      >
        Check again
      </Button>
      {check.raw !== null && (
        <Button
          size="xs"
          variant="subtle"
          aria-expanded={isShown}
          onClick={() => onRaw(isShown ? null : check.code)}
        >
          {isShown ? 'Hide the answer' : 'Show the answer'}
        </Button>
      )}
      {isShown && check.raw !== null && (
        <div className={classes.raw}>
          <RawText label="Answer of the provider" text={check.raw} />
        </div>
      )}
    </>
  );
}

/** When the import that is followed fails, its first failed check comes into sight. */
function useShownFailure(last: MetadataImport | null) {
  const box = useRef<HTMLDivElement>(null);
  const before = useRef(last?.state);
  const state = last?.state;
  useEffect(() => {
    if (before.current === 'running' && state === 'failed') {
      box.current?.querySelector('[data-state="failed"]')?.scrollIntoView({ block: 'nearest' });
    }
    before.current = state;
  }, [state]);
  return box;
}

/** Said once, when the import that is followed ends. */
function useAnnouncedEnd(last: MetadataImport | null): void {
  const announce = useAnnounce();
  const before = useRef(last?.state);
  const state = last?.state;
  useEffect(() => {
    if (before.current === 'running' && state !== undefined && state !== 'running') {
      announce(state === 'failed' ? 'The import stopped' : 'Import successful');
    }
    before.current = state;
  }, [state, announce]);
}
