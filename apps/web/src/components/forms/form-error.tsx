import { Glyph } from '../ui/glyph.tsx';
import classes from './form-error.module.css';

/** What the server said about the form as a whole. */
export function FormError({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p className={classes.error} role="alert">
      <Glyph state="failed" label="" />
      <span>{text}</span>
    </p>
  );
}
