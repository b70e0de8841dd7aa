import { createLink } from '@tanstack/react-router';
import { type ComponentProps, type ReactNode, useId, useRef } from 'react';
import classes from './action-menu.module.css';

const DISTANCE = 4;

type ActionMenuProps = {
  /** Draws the button; it must take these props and its ref. */
  trigger: (props: { popoverTarget: string; ref: (node: HTMLElement | null) => void }) => ReactNode;
  /** Read out as the name of the list. */
  label: string;
  /** `above` for buttons at the foot of the window. */
  placement?: 'below' | 'above';
  children: ReactNode;
};

/**
 * A button that opens a short list of links and buttons. The browser's own popover: Escape and a click outside
 * close it, the focus returns to the button.
 */
export function ActionMenu({ trigger, label, placement = 'below', children }: ActionMenuProps) {
  const id = useId();
  const anchor = useRef<HTMLElement | null>(null);
  const menu = useRef<HTMLElement>(null);

  function place(): void {
    const box = anchor.current?.getBoundingClientRect();
    const style = menu.current?.style;
    if (!box || !style) return;
    if (placement === 'above') {
      style.left = `${box.left}px`;
      style.bottom = `${window.innerHeight - box.top + DISTANCE}px`;
      return;
    }
    style.right = `${document.documentElement.clientWidth - box.right}px`;
    style.top = `${box.bottom + DISTANCE}px`;
  }

  return (
    <>
      {trigger({
        popoverTarget: id,
        ref: (node) => {
          anchor.current = node;
        },
      })}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click on an item, also by Enter, bubbles up to here */}
      <section
        ref={menu}
        id={id}
        popover="auto"
        className={classes.menu}
        aria-label={label}
        onBeforeToggle={place}
        onClick={() => menu.current?.hidePopover()}
      >
        <ul>{children}</ul>
      </section>
    </>
  );
}

/** An item that does something. */
export function MenuButton(props: ComponentProps<'button'>) {
  return (
    <li>
      <button {...props} type="button" className={classes.item} />
    </li>
  );
}

/** An item that leads to a download or out of the app. */
export function MenuAnchor({ children, ...props }: ComponentProps<'a'>) {
  return (
    <li>
      <a {...props} className={classes.item}>
        {children}
      </a>
    </li>
  );
}

/** An item that leads to a page of the app. */
export const MenuLink = createLink(MenuAnchor);
