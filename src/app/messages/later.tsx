import { useEffect, useId, useState, type ComponentType, type ReactNode } from 'react';
import { askForStyles } from '../lib/styles';
import { dismiss, notify } from '../state/notices';

/**
 * A part of the page that is fetched when it is first shown; `waiting` stands in its place meanwhile.
 * Where it cannot be fetched, that is told, it can be asked for again, and the page goes on without.
 */
export const later = <Props extends object>(
  fetchPart: () => Promise<ComponentType<Props>>,
  waiting: ReactNode = null,
): ComponentType<Props> => {
  let known: ComponentType<Props> | null = null;
  return function Later(props: Props) {
    const id = useId();
    const [Part, setPart] = useState(() => known);
    useEffect(() => {
      let gone = false;
      const ask = async (): Promise<void> => {
        try {
          const part = (known ??= await fetchPart());
          if (!gone) setPart(() => part);
        } catch {
          if (!gone) notify({ id, text: MISSING, action: { says: 'Try again', take: askAgain } });
        }
      };
      const askAgain = (): void => {
        dismiss(id);
        askForStyles();
        void ask();
      };
      void ask();
      return () => {
        gone = true;
        dismiss(id);
      };
    }, [id]);
    return Part === null ? waiting : <Part {...props} />;
  };
};

const MISSING =
  'A part of this page could not be fetched. Check the connection, then try again; if that does not help, reload the page.';
