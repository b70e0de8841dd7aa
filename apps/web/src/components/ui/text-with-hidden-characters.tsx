import { splitHiddenCharacters } from '@gatehouse/contracts/hidden-characters';
import classes from './text-with-hidden-characters.module.css';

/**
 * A text from Okta or a person (names, groups, claims), isolated in its direction; characters that would not
 * be seen are shown as their code. Text nodes only.
 */
export function TextWithHiddenCharacters({ text }: { text: string }) {
  return (
    <bdi>
      {splitHiddenCharacters(text).map((part, index) =>
        part.hidden ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          <span key={index} className={classes.hidden} title="A character that is normally not visible">
            {part.text}
          </span>
        ) : (
          part.text
        ),
      )}
    </bdi>
  );
}
