import { create } from 'zustand';
import type { Support } from '../lib/support';

interface SupportSlice {
  readonly support: Support;
}

export const useSupport = create<SupportSlice>()(() => ({ support: { kind: 'checking' } }));
