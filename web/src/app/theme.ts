/**
 * Kwabo's look: warm paper, ink, and one terracotta accent. Contrast of text on its ground is at
 * least 4.5:1 in both schemes.
 */

import { createTheme, type MantineColorsTuple, rem } from "@mantine/core";

const terracotta: MantineColorsTuple = [
  "#fdf3ee",
  "#f8e2d7",
  "#f0c3ad",
  "#e7a17f",
  "#de8156",
  "#d2663a",
  "#c25127",
  "#b3431c",
  "#983716",
  "#7a2b11",
];

/** Warm greys, so that surfaces sit with the accent. */
const gray: MantineColorsTuple = [
  "#faf8f5",
  "#f4f1ec",
  "#e9e4dc",
  "#dcd5ca",
  "#c6bdaf",
  "#a69b8b",
  "#7d7365",
  "#5e564a",
  "#403a32",
  "#262220",
];

const dark: MantineColorsTuple = [
  "#d8d2ca",
  "#bdb5ab",
  "#9d958b",
  "#7a7269",
  "#4a443e",
  "#3a3530",
  "#2c2824",
  "#221f1b",
  "#1b1815",
  "#141210",
];

const red: MantineColorsTuple = [
  "#fdecea",
  "#fad4cf",
  "#f4aaa1",
  "#ec7d70",
  "#e35a4a",
  "#da4434",
  "#c93323",
  "#b42318",
  "#931b12",
  "#70140d",
];

const green: MantineColorsTuple = [
  "#e9f6ee",
  "#cfeadb",
  "#a3d6b9",
  "#72c095",
  "#4aab76",
  "#2f9a61",
  "#238050",
  "#1d7145",
  "#165a37",
  "#0f4228",
];

export const theme = createTheme({
  colors: { terracotta, gray, dark, red, green },
  primaryColor: "terracotta",
  primaryShade: { light: 7, dark: 6 },
  black: "#262220",
  fontFamily:
    'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Mono", "Roboto Mono", "Liberation Mono", monospace',
  headings: {
    fontWeight: "650",
    sizes: {
      h1: { fontSize: rem(26), lineHeight: "1.25" },
      h2: { fontSize: rem(19), lineHeight: "1.3" },
      h3: { fontSize: rem(16), lineHeight: "1.4" },
    },
  },
  defaultRadius: "md",
  radius: { xs: rem(4), sm: rem(6), md: rem(9), lg: rem(14), xl: rem(22) },
  cursorType: "pointer",
  focusRing: "auto",
  respectReducedMotion: true,
  components: {
    // Its placeholder for the focus is a child that a menu must not have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Paper: { defaultProps: { radius: "lg" } },
    Card: { defaultProps: { radius: "lg", withBorder: true, padding: "lg" } },
    Modal: {
      defaultProps: { radius: "lg", centered: true, transitionProps: { duration: 120 } },
      styles: { title: { fontWeight: 630, fontSize: rem(17) } },
    },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Badge: { defaultProps: { radius: "sm" } },
    // Where the choices go on in a second line, lines between them would stand oddly.
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
  },
});
