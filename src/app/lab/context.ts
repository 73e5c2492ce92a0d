import { createContext, use } from 'react';
import type { LabSession } from './session';

/** The session that the page's controls act on. */
export const LabContext = createContext<LabSession | null>(null);

/** The session of the enclosing LabContext. Throws outside one. */
export const useLab = (): LabSession => {
  const lab = use(LabContext);
  if (lab === null) throw new Error('useLab needs a LabContext around it.');
  return lab;
};
