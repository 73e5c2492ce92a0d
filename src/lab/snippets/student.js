// Draws images with a distilled student: onnxruntime-web.
//
//   npm install onnxruntime-web
//
// In a page, it draws into <canvas id="student"></canvas>. t = 0 is noise, t = 1 is clean. Works with
// both forms of the file (network, generator).

import { InferenceSession, Tensor } from 'onnxruntime-web';

const FILE = 'student.onnx';
const STEPS = 1;
const SHAPE = [3, 16, 16];
/** @type {Record<string, string[]>} */
const ATTRIBUTES = { colour: ['red', 'blue'] };
/** @type {Record<string, string>} */
const PROMPT = { colour: 'red' };
const IMAGES = 8;

/**
 * Value ids of all attributes; -1 leaves one open.
 * @param {Record<string, string>} prompt
 */
export const idsOf = (prompt) =>
  Object.entries(ATTRIBUTES).map(([name, values]) => values.indexOf(prompt[name] ?? ''));

/** A standard normal number. */
const normal = () =>
  Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());

/**
 * Images (B, C, H, W) in [0, 1], from ids (an array for each image) and noise (STEPS, B, C, H, W).
 * @param {InferenceSession} session
 * @param {number[][]} ids
 * @param {Float32Array} noise
 * @returns {Promise<Float32Array>}
 */
export const sample = async (session, ids, noise) => {
  const batch = ids.length;
  const prompt = new Tensor('int64', BigInt64Array.from(ids.flat(), BigInt), [
    batch,
    Object.keys(ATTRIBUTES).length,
  ]);
  /**
   * @param {string} output
   * @param {Record<string, Tensor>} inputs
   */
  const run = async (output, inputs) => {
    const results = await session.run({ ...inputs, prompt });
    return /** @type {Float32Array} */ (results[output]?.data);
  };
  if (session.inputNames.includes('noise')) {
    return run('image', { noise: new Tensor('float32', noise, [STEPS, batch, ...SHAPE]) });
  }
  const size = noise.length / STEPS;
  let z = noise.slice(0, size);
  for (let step = 0; ; step++) {
    const x0 = await run('x0', {
      x_t: new Tensor('float32', z, [batch, ...SHAPE]),
      t: new Tensor('float32', new Float32Array(batch).fill(step / STEPS), [batch]),
    });
    if (step + 1 === STEPS) return x0.map((value) => Math.min(Math.max((value + 1) / 2, 0), 1));
    const level = (step + 1) / STEPS;
    const next = noise.subarray((step + 1) * size);
    z = x0.map((value, at) => level * value + (1 - level) * (next[at] ?? 0));
  }
};

/**
 * Images side by side in a canvas.
 * @param {HTMLCanvasElement} canvas
 * @param {Float32Array} images
 */
const draw = (canvas, images) => {
  const [, height = 1, width = 1] = SHAPE;
  const plane = height * width;
  const count = images.length / (3 * plane);
  Object.assign(canvas, { width: count * width, height });
  const pixels = new ImageData(count * width, height);
  for (let at = 0; at < count * plane; at++) {
    const [image, y, x] = [Math.floor(at / plane), Math.floor((at % plane) / width), at % width];
    const place = 4 * (y * count * width + image * width + x);
    for (let c = 0; c < 3; c++) {
      pixels.data[place + c] = 255 * (images[(3 * image + c) * plane + (at % plane)] ?? 0);
    }
    pixels.data[place + 3] = 255;
  }
  canvas.getContext('2d')?.putImageData(pixels, 0, 0);
};

if ('document' in globalThis) {
  const session = await InferenceSession.create(FILE);
  const values = STEPS * IMAGES * SHAPE.reduce((product, size) => product * size, 1);
  const noise = Float32Array.from({ length: values }, normal);
  const ids = Array.from({ length: IMAGES }, () => idsOf(PROMPT));
  const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector('canvas#student'));
  draw(canvas, await sample(session, ids, noise));
}
