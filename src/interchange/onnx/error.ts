/** A graph that cannot be written as ONNX, or a file that is no valid ONNX; the message says what is wrong. */
export class OnnxError extends Error {
  override readonly name = 'OnnxError';
}
