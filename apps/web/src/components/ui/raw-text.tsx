import { Fragment } from 'react';
import classes from './raw-text.module.css';
import { TextWithHiddenCharacters } from './text-with-hidden-characters.tsx';

type RawTextProps = { label: string; text: string; tall?: boolean };

/** An answer, a file: as it came, in a box that scrolls. Hidden characters are shown, line breaks break lines. */
export function RawText({ label, text, tall = false }: RawTextProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section className={classes.raw} data-tall={tall || undefined} tabIndex={0} aria-label={label}>
      {text.split(/\r?\n/).map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
        <Fragment key={index}>
          {index > 0 && '\n'}
          <TextWithHiddenCharacters text={line} />
        </Fragment>
      ))}
    </section>
  );
}
