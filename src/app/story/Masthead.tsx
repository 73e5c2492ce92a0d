import { Moon, Sun } from 'lucide-react';
import type { MouseEvent } from 'react';
import { VIEWS, type View } from '../lib/address';
import { toggleTheme, useTheme } from '../state/theme';
import { hrefOf, showView, useView } from '../state/view';

const NAMES: Readonly<Record<View, string>> = { pictures: 'Pictures', plane: 'Plane' };

/** Links with addresses of their own; a plain click changes the view without loading the page. */
const Views = () => {
  const present = useView((state) => state.view);
  const follow = (event: MouseEvent, view: View): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    showView(view);
  };
  return (
    <nav className="masthead-views" aria-label="Views">
      {VIEWS.map((view) => (
        <a
          key={view}
          href={hrefOf(view)}
          {...(view === present ? { 'aria-current': 'page' as const } : {})}
          onClick={(event) => follow(event, view)}
        >
          {NAMES[view]}
        </a>
      ))}
    </nav>
  );
};

/** The mark of the page, its views, and the switch between light and dark. */
export const Masthead = () => {
  const theme = useTheme((state) => state.theme);
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="masthead">
      <a className="masthead-mark" href="./">
        <img src="./favicon.svg" alt="" width="24" height="24" />
        <span>Spear &amp; Shield</span>
      </a>
      <Views />
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
