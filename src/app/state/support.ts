import { create } from 'zustand';
import type { Support } from '../lib/support';

interface SupportSlice {
  readonly support: Support;
}

/** Whether this browser can run the lab. */
export const useSupport = create<SupportSlice>()(() => ({ support: { kind: 'checking' } }));

/** True where a CPU plays the GPU. */
export const useSoftware = (): boolean =>
  useSupport(({ support }) => support.kind === 'ready' && support.adapter.software);
