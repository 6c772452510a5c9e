/** Light, dark, or as the reader's machine has it. */
export const THEMES = ['system', 'light', 'dark'] as const;

export type Theme = (typeof THEMES)[number];

/** Cookie in which the choice travels; it follows the browser, not the person. */
export const THEME_COOKIE = 'rooms-desk.theme';

/** The chosen theme, or the system's for anything else. */
export function pickTheme(chosen: string | undefined): Theme {
  return THEMES.find((theme) => theme === chosen) ?? 'system';
}
