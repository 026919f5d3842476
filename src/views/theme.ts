import type { Role } from "./shape.ts";

/** The colours and faces a scene is drawn in. */
export interface Theme {
  readonly colour: { readonly [role in Role]: string };
  readonly words: string;
  readonly figures: string;
}

/** The name of a theme that stands on its own. */
export type ThemeName = "light" | "dark";

const words = `"Inter Variable", Inter, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", system-ui, sans-serif`;
const figures = `"JetBrains Mono Variable", "JetBrains Mono", "SFMono-Regular", Menlo, Consolas, monospace`;

/** Okabe–Ito in a fixed order, then grey. */
const series = {
  "series-0": "#0072b2",
  "series-1": "#d55e00",
  "series-2": "#009e73",
  "series-3": "#cc79a7",
  "series-4": "#e69f00",
  "series-5": "#56b4e9",
  "series-6": "#8a8f94",
} as const;

/** Colours written out, for a picture that leaves the page. */
export const themes: { readonly [name in ThemeName]: Theme } = {
  light: {
    colour: {
      paper: "#fbfaf8",
      ink: "#1c2024",
      quiet: "#61666c",
      line: "#e4e1da",
      accent: "#0b6e63",
      warn: "#8f5200",
      fail: "#b3261e",
      "ramp-0": "#a9cbe4",
      "ramp-1": "#8fb8da",
      "ramp-2": "#73a6d1",
      "ramp-3": "#5594c7",
      "ramp-4": "#2f82bd",
      "ramp-5": "#256ca0",
      "ramp-6": "#1c5784",
      "ramp-7": "#13426a",
      "ramp-8": "#0a2f50",
      ...series,
    },
    words,
    figures,
  },
  dark: {
    colour: {
      paper: "#14161a",
      ink: "#e9e7e2",
      quiet: "#9aa0a6",
      line: "#2b2f36",
      accent: "#4fc3b0",
      warn: "#e0a458",
      fail: "#f2938c",
      "ramp-0": "#335f82",
      "ramp-1": "#386c95",
      "ramp-2": "#3d7aa8",
      "ramp-3": "#4288bb",
      "ramp-4": "#4796cf",
      "ramp-5": "#71abdb",
      "ramp-6": "#95c1e6",
      "ramp-7": "#b7d7f2",
      "ramp-8": "#d8edfd",
      ...series,
    },
    words,
    figures,
  },
};

/** The page's own colours and faces: custom properties, so that a scene follows the page's theme undrawn. */
export const pageTheme: Theme = {
  colour: Object.fromEntries(
    Object.keys(themes.light.colour).map((role) => [role, ownProperty(role as Role)]),
  ) as unknown as Theme["colour"],
  words: "var(--sans)",
  figures: "var(--mono)",
};

/** A page may set the colours of series; without that they are the palette's. */
function ownProperty(role: Role): string {
  return role in series ? `var(--${role}, ${series[role as keyof typeof series]})` : `var(--${role})`;
}
