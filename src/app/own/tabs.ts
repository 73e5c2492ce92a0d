import type { OwnTab } from './tab';

const modules = import.meta.glob<{ readonly tab: OwnTab }>('./tabs/*.tsx', { eager: true });

/** Every tab of the dialog: each file in `tabs` exports one. */
export const OWN_TABS: readonly OwnTab[] = Object.values(modules)
  .map(({ tab }) => tab)
  .sort((one, other) => one.place - other.place);
