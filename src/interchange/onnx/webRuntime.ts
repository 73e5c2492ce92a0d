import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import { fetchBytes, type OnBytes } from '../fetchBytes';
import type { LoadOnnxRuntime } from './session';

/**
 * ONNX Runtime from our own site, for page and Worker: its module (118 kB) and its WebAssembly (27 MB),
 * which serves both the GPU and the processor. Loaded when a session is first opened; `onBytes` hears how
 * much of it is there.
 */
export const webRuntime =
  (onBytes?: OnBytes): LoadOnnxRuntime =>
  async () => {
    const runtime = await import('onnxruntime-web/webgpu');
    // Fetched here, since the runtime itself never tries again what has failed once.
    runtime.env.wasm.wasmBinary ??= await fetchBytes(wasm, onBytes);
    // More threads need headers (cross-origin isolation) that a plain site does not send.
    runtime.env.wasm.numThreads = 1;
    return runtime;
  };
