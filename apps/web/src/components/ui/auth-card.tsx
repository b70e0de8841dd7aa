import type { ReactNode } from 'react';
import classes from './auth-card.module.css';
import { Logo } from './logo.tsx';

/** The mark with the product's name, at the head of pages without navigation. */
export function Brand() {
  return (
    <div className={classes.brand}>
      <Logo size={32} />
      Gatehouse
    </div>
  );
}

/** A page without navigation: one card in the middle. */
export function AuthCard({ children, foot }: { children: ReactNode; foot?: ReactNode }) {
  return (
    <main className={classes.ground}>
      <div className={classes.card}>
        <Brand />
        {children}
      </div>
      <p className={classes.foot}>{foot}</p>
    </main>
  );
}
