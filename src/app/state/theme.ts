import { create } from 'zustand';
import { recall, remember } from '../lib/remembered';

export type Theme = 'light' | 'dark';

const NAME = 'theme';

/** What was chosen; without a choice the system's theme is used. */
const readChoice = (): Theme | null => {
  const value = recall(NAME);
  return value === 'light' || value === 'dark' ? value : null;
};

const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const systemTheme = (): Theme => (systemDark.matches ? 'dark' : 'light');

interface ThemeSlice {
  readonly theme: Theme;
}

let chosen = readChoice();

export const useTheme = create<ThemeSlice>()(() => ({ theme: chosen ?? systemTheme() }));

const paint = ({ theme }: ThemeSlice): void => {
  document.documentElement.dataset['theme'] = theme;
};

/** Applies the theme to the document, and keeps following the system until a visitor chooses. */
export const followTheme = (): void => {
  paint(useTheme.getState());
  useTheme.subscribe(paint);
  systemDark.addEventListener('change', () => {
    if (chosen === null) useTheme.setState({ theme: systemTheme() });
  });
};

/** Switches between light and dark, and remembers it. */
export const toggleTheme = (): void => {
  chosen = useTheme.getState().theme === 'dark' ? 'light' : 'dark';
  remember(NAME, chosen);
  useTheme.setState({ theme: chosen });
};
