import { splitHiddenCharacters } from '@gatehouse/contracts/hidden-characters';
import type { DifferencePart } from '../../lib/text-difference.ts';
import classes from './difference.module.css';

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** A value with its changed parts marked; hidden characters stand as their code. */
export function Difference({
  parts,
  side,
}: {
  parts: readonly DifferencePart[];
  side: 'before' | 'after' | 'loss' | 'seen';
}) {
  const letters = parts.map((part) => part.text).join('');
  const first = /\p{L}/u.exec(letters)?.[0] ?? '';
  const Mark = side === 'before' || side === 'seen' ? 'del' : 'ins';
  return (
    <bdi dir={RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr'} className={classes.value}>
      {parts.map((part, index) =>
        part.changed ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <Mark key={index} className={classes[side]}>
            <Visible text={part.text} />
          </Mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <Visible key={index} text={part.text} />
        ),
      )}
    </bdi>
  );
}

function Visible({ text }: { text: string }) {
  return splitHiddenCharacters(text).map((part, index) =>
    part.hidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
      <span key={index} className={classes.hidden} title="A character that is normally not visible">
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}
