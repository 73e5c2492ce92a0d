import type { AdapterSummary } from '../../worker/protocol';

/** Whether this browser can run the lab at all. */
export type Support =
  | { readonly kind: 'checking' }
  | { readonly kind: 'ready'; readonly adapter: AdapterSummary }
  | { readonly kind: 'no-webgpu'; readonly insecure: boolean }
  | { readonly kind: 'no-adapter' };

/** Looks for WebGPU and an adapter, without opening a device. Never throws. */
export const checkSupport = async (): Promise<Support> => {
  // Typed as always there, but missing in older browsers and on insecure pages.
  const gpu = (navigator as { readonly gpu?: GPU }).gpu;
  if (gpu === undefined) return { kind: 'no-webgpu', insecure: !window.isSecureContext };
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter === null
    ? { kind: 'no-adapter' }
    : { kind: 'ready', adapter: summarise(adapter.info) };
};

const summarise = (info: GPUAdapterInfo): AdapterSummary => {
  const parts = [info.vendor, info.architecture].filter((part) => part !== '');
  return {
    name: info.description || parts.join(' ') || 'unnamed GPU',
    vendor: info.vendor,
    software:
      info.isFallbackAdapter ||
      /swiftshader|llvmpipe|lavapipe|warp/i.test(
        [info.description, info.vendor, info.architecture, info.device].join(' '),
      ),
  };
};
