/** What a browser remembers of a visitor's choices, under names of our own. */
const PREFIX = 'spear-and-shield.';

/** What was remembered under that name; null when nothing was, or where storage is forbidden. */
export const recall = (name: string): string | null => {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
};

/** Forgets what was remembered under that name. */
export const forget = (name: string): void => {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Where storage is forbidden there is nothing to forget.
  }
};

/** Remembers a choice; without storage it lasts as long as the page. */
export const remember = (name: string, value: string): void => {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // Storage may be forbidden or full.
  }
};
