'use client';

import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { BareButton } from '#components/ui/bare-button.tsx';
import { THEME_COOKIE, THEMES, type Theme } from '#lib/i18n/theme.ts';
import { remember } from './remember.ts';

const LOOK = {
  system: { word: 'themeSystem', Icon: Monitor },
  light: { word: 'themeLight', Icon: Sun },
  dark: { word: 'themeDark', Icon: Moon },
} as const;

/** The system's theme, light or dark, one press each; changes at once, and the server draws it from the next page on. */
export function ThemeSwitch({ theme: drawn }: { theme: Theme }) {
  const t = useTranslations('nav');
  const [theme, setTheme] = useState(drawn);
  const { word, Icon } = LOOK[theme];
  const label = t('themeIs', { theme: t(word) });
  const change = () => {
    const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
    setTheme(next);
    remember(THEME_COOKIE, next);
    document.documentElement.dataset.theme = next;
  };
  return (
    <BareButton
      onClick={change}
      aria-label={label}
      title={label}
      className="inline-flex size-8 items-center justify-center rounded text-quiet hover:bg-sunken hover:text-text"
    >
      <Icon aria-hidden className="size-4" />
    </BareButton>
  );
}
