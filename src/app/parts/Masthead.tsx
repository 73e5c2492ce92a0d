import { Moon, Sun } from 'lucide-react';
import { toggleTheme, useTheme } from '../state/theme';

/** The mark of the page and the switch between light and dark. */
export const Masthead = () => {
  const theme = useTheme((state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="masthead">
      <a className="masthead-mark" href="./">
        <img src="./favicon.svg" alt="" width="24" height="24" />
        Spear &amp; Shield
      </a>
      <button
        type="button"
        className="icon-button"
        onClick={toggleTheme}
        aria-label={`Switch to ${other} colours`}
        title={`Switch to ${other} colours`}
      >
        {theme === 'dark' ? <Sun aria-hidden /> : <Moon aria-hidden />}
      </button>
    </header>
  );
};
