import classes from './directory.module.css';

/**
 * Props of every select here: the list itself scrolls, beside its field and inside of the page, so that screen
 * readers find it where it belongs.
 */
export const listboxProps = {
  withScrollArea: false,
  comboboxProps: { withinPortal: false },
  classNames: { options: classes.options ?? '' },
} as const;
