/** What can go wrong between us and the GPU, told so that a person can act on it. */
export type GpuErrorCode = 'no-webgpu' | 'no-adapter' | 'device-lost' | 'out-of-memory' | 'invalid';

/** A GPU failure: `message` says what happened, `advice` what to do. */
export class GpuError extends Error {
  override readonly name = 'GpuError';
  readonly code: GpuErrorCode;
  readonly advice: string;

  constructor(code: GpuErrorCode, message: string, advice: string) {
    super(message);
    this.code = code;
    this.advice = advice;
  }
}
