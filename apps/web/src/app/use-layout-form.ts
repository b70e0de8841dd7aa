import { useMediaQuery } from '@mantine/hooks';
import { useMatches } from '@tanstack/react-router';

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The screen fills the window and its panes scroll; the navigation becomes a rail. */
    workScreen?: boolean;
  }
}

/** How the layout stands: sidebar of 224 px, rail of 56 px, or a bar on top. */
export function useLayoutForm() {
  const phone = useMediaQuery('(max-width: 640px)', undefined, { getInitialValueInEffect: false });
  const narrow = useMediaQuery('(max-width: 1360px)', undefined, { getInitialValueInEffect: false });
  const work = useMatches({ select: (matches) => matches.some((match) => match.staticData.workScreen) });
  const form = phone ? 'phone' : work || narrow ? 'rail' : 'full';
  return { form, work: work && !phone } as const;
}
