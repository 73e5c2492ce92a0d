import type { LoadOnnxRuntime } from '../interchange/onnx/session';

/** ONNX Runtime in Node: WebAssembly on the processor. */
export const loadNodeRuntime: LoadOnnxRuntime = async () => {
  const runtime = await import('onnxruntime-web');
  // Threads would be Workers that keep the program from ending.
  runtime.env.wasm.numThreads = 1;
  return runtime;
};
