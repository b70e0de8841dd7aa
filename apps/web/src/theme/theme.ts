import { createTheme } from '@mantine/core';
import controls from './controls.module.css';

const SANS = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const MONO = "'JetBrains Mono Variable', ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace";

/**
 * The look of the library's components. Button variants: `filled` (ink, one per place), `default`, `subtle`,
 * `danger` (the last destructive button), `held` (violet frame). Sizes: xs 28, sm 32 (normal), lg 40, xl 44 px.
 * Plain objects, not `Button.extend(…)`: that would load every component with the first screen.
 */
export const theme = createTheme({
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS, fontWeight: '600' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '15px', xl: '18px' },
  lineHeights: { xs: '16px', sm: '20px', md: '20px', lg: '22px', xl: '24px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '5px', sm: '6px', md: '8px', lg: '10px', xl: '12px' },
  breakpoints: { xs: '40em', sm: '48em', md: '64em', lg: '85em', xl: '100em' },
  defaultRadius: 'sm',
  primaryShade: { light: 8, dark: 8 },
  autoContrast: true,
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'never',
  components: {
    Button: {
      defaultProps: { variant: 'default', size: 'sm' },
      classNames: { root: controls.button, section: controls.buttonSection },
    },
    ActionIcon: {
      defaultProps: { variant: 'subtle' },
      classNames: { root: controls.actionIcon },
    },
    Input: {
      defaultProps: { size: 'sm' },
      classNames: { wrapper: controls.wrapper, input: controls.input, section: controls.section },
    },
    InputWrapper: {
      defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
      classNames: {
        label: controls.label,
        description: controls.description,
        error: controls.error,
        required: controls.required,
      },
    },
    NumberInput: { classNames: { control: controls.numberControl } },
    PasswordInput: {
      defaultProps: { visibilityToggleButtonProps: { 'aria-label': 'Show the password' } },
    },
    Select: {
      defaultProps: { allowDeselect: false, withCheckIcon: false, comboboxProps: { shadow: undefined } },
    },
    Checkbox: {
      defaultProps: { size: 'xs' },
      classNames: {
        root: controls.tick,
        inner: controls.tickInner,
        input: `${controls.tickInput} ${controls.checkboxInput}`,
        icon: controls.tickIcon,
        label: controls.tickLabel,
        description: controls.tickDescription,
        error: controls.error,
      },
    },
    Radio: {
      defaultProps: { size: 'xs' },
      classNames: {
        root: controls.tick,
        inner: controls.tickInner,
        radio: controls.tickInput,
        icon: controls.tickIcon,
        label: controls.tickLabel,
        description: controls.tickDescription,
      },
    },
    Switch: {
      defaultProps: { size: 'sm', withThumbIndicator: false },
      classNames: {
        input: controls.switchInput,
        track: controls.switchTrack,
        thumb: controls.switchThumb,
        label: controls.switchLabel,
        description: controls.tickDescription,
      },
    },
    SegmentedControl: {
      defaultProps: { transitionDuration: 120 },
      classNames: {
        root: controls.segments,
        indicator: controls.segmentIndicator,
        label: controls.segmentLabel,
        input: controls.segmentInput,
        control: controls.segment,
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        size: 480,
        overlayProps: { backgroundOpacity: 0.4 },
        transitionProps: { transition: 'fade', duration: 140 },
        closeButtonProps: { 'aria-label': 'Close' },
      },
      classNames: {
        content: controls.dialog,
        header: controls.dialogHeader,
        title: controls.dialogTitle,
        body: controls.dialogBody,
        close: controls.dialogClose,
      },
    },
    Popover: {
      defaultProps: { transitionProps: { transition: 'fade', duration: 120 } },
      classNames: { dropdown: controls.dropdown },
    },
    Combobox: {
      defaultProps: { transitionProps: { transition: 'fade', duration: 120 } },
      classNames: { dropdown: controls.dropdown, option: controls.option },
    },
    Menu: {
      defaultProps: { transitionProps: { transition: 'fade', duration: 120 } },
      classNames: {
        dropdown: controls.dropdown,
        item: controls.menuItem,
        divider: controls.menuDivider,
        label: controls.menuLabel,
      },
    },
    Tooltip: {
      defaultProps: { openDelay: 300, transitionProps: { duration: 120 } },
      classNames: { tooltip: controls.tooltip },
    },
  },
});
