import { useEffect, useState, type ReactNode } from 'react';
import { idle } from '../lib/idle';

type Typeset = (tex: string) => string;

/** KaTeX comes after all that a visitor waits for, once for all formulas. */
const load = async (): Promise<Typeset> => {
  await idle();
  return (await import('../lib/typeset')).typeset;
};
let loading: Promise<Typeset> | undefined;

interface TexProps {
  readonly tex: string;
  /** The same in plain characters, until KaTeX is there. */
  readonly children: ReactNode;
}

/** A formula, typeset by KaTeX as soon as that is loaded; where it cannot be, it stays plain. */
export const Tex = ({ tex, children }: TexProps) => {
  const [typeset, setTypeset] = useState<Typeset | null>(null);
  useEffect(() => {
    let gone = false;
    loading ??= load();
    loading.then(
      (loaded) => {
        if (!gone) setTypeset(() => loaded);
      },
      () => undefined,
    );
    return () => {
      gone = true;
    };
  }, []);
  if (typeset === null) return <span className="tex">{children}</span>;
  // What is set is our own formula, through KaTeX, which escapes it.
  return <span className="tex" dangerouslySetInnerHTML={{ __html: typeset(tex) }} />;
};
