import { ADAPTER_OPTIONS, describeAdapter } from '../../gpu/gpu';
import type { AdapterSummary } from '../../worker/protocol/reports';

/** Whether this browser can run the lab at all. */
export type Support =
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready'; readonly adapter: AdapterSummary }
  | { readonly kind: 'no-webgpu'; readonly insecure: boolean }
  | { readonly kind: 'no-adapter' };

/** Why it cannot. */
export type MissingSupport = Extract<Support, { kind: 'no-webgpu' | 'no-adapter' }>;

export const isMissing = (support: Support): support is MissingSupport =>
  support.kind === 'no-webgpu' || support.kind === 'no-adapter';

/** Looks for WebGPU and an adapter, without opening a device. Never throws. */
export const checkSupport = async (): Promise<Support> => {
  // Typed as always there, but missing in older browsers and on insecure pages.
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  if (gpu === undefined) return { kind: 'no-webgpu', insecure: !window.isSecureContext };
  const adapter = await gpu.requestAdapter(ADAPTER_OPTIONS).catch(() => null);
  return adapter === null
    ? { kind: 'no-adapter' }
    : { kind: 'ready', adapter: describeAdapter(adapter) };
};
