import { create } from 'zustand';

export type Theme = 'light' | 'dark';

const KEY = 'spear-and-shield.theme';

const readChoice = (): Theme | null => {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null; // Storage may be forbidden; the system's theme is used then.
  }
};

const keepChoice = (theme: Theme): void => {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Without storage the choice lasts as long as the page.
  }
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
  keepChoice(chosen);
  useTheme.setState({ theme: chosen });
};
