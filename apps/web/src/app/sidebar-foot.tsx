import { useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconCode, IconMoon, IconSun } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { ProgressSegments } from '../components/ui/progress-segments.tsx';
import navigation from './navigation.module.css';
import classes from './sidebar-foot.module.css';
import { useNavigationBadges } from './use-navigation-badges.ts';
import { UserMenu } from './user-menu.tsx';

/** The foot of the navigation: set-up until it is done, API reference, colours, who is signed in. */
export function SidebarFoot() {
  const { setUp } = useNavigationBadges();
  return (
    <div className={classes.foot}>
      {setUp && (
        <Link to="/" className={classes.setUp}>
          <span className={classes.setUpWords}>
            <span>Set-up</span>
            <span>
              {setUp.done} of {setUp.steps.length}
            </span>
          </span>
          <ProgressSegments segments={setUp.steps.map(({ code, state }) => ({ key: code, state }))} />
        </Link>
      )}
      <a className={navigation.row} href="/api/docs" target="_blank" rel="noreferrer" title="API reference">
        <span className={navigation.icon}>
          <IconCode size={17} stroke={1.6} aria-hidden="true" />
        </span>
        <span className={navigation.text}>API reference</span>
      </a>
      <ColourSwitch />
      <UserMenu />
    </div>
  );
}

function ColourSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const dark = useComputedColorScheme('light', { getInitialValueInEffect: false }) === 'dark';
  const text = dark ? 'Light colours' : 'Dark colours';
  const Icon = dark ? IconSun : IconMoon;
  return (
    <button
      type="button"
      className={navigation.row}
      title={text}
      onClick={() => setColorScheme(dark ? 'light' : 'dark')}
    >
      <span className={navigation.icon}>
        <Icon size={17} stroke={1.6} aria-hidden="true" />
      </span>
      <span className={navigation.text}>{text}</span>
    </button>
  );
}
