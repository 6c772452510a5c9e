'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { THEME_COOKIE, THEMES, type Theme } from '#lib/words/theme.ts';
import { Choice } from './choice.tsx';
import { remember } from './remember.ts';

const WORD = { system: 'themeSystem', light: 'themeLight', dark: 'themeDark' } as const;

/** Light, dark or the system's; changes at once and is drawn by the server from the next page on. */
export function ThemeSwitch({ theme: drawn }: { theme: Theme }) {
  const say = useTranslations('nav');
  const [theme, setTheme] = useState(drawn);
  return (
    <Choice
      label={say('theme')}
      value={theme}
      options={THEMES.map((value) => ({ value, text: say(WORD[value]) }))}
      onChoose={(chosen) => {
        setTheme(chosen);
        remember(THEME_COOKIE, chosen);
        document.documentElement.dataset.theme = chosen;
      }}
    />
  );
}
