import type { DitConfig } from '../../src/models/dit/config';
import type { ParameterLayout } from '../../src/models/parameters';

type Vector = number[];

const FREQUENCIES = 32;

const silu = (x: number): number => x / (1 + Math.exp(-x));
const gelu = (x: number): number =>
  0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
const plus = (a: Vector, b: Vector): Vector => a.map((value, i) => value + (b[i] ?? NaN));

const layerNorm = (x: Vector): Vector => {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
  return x.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
};

const softmax = (x: Vector): Vector => {
  const powers = x.map((value) => Math.exp(value - Math.max(...x)));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
};

/**
 * The velocity of a DiT for one image (C, H, W) at time t under attribute ids, in float64, loop by
 * loop from the description in tests/golden/README.md. `weights` as the layout arranges them.
 */
export const ditVelocity = (
  config: DitConfig,
  { entries }: ParameterLayout,
  weights: ArrayLike<number>,
  image: ArrayLike<number>,
  t: number,
  ids: readonly number[],
): Vector => {
  const { width, depth, heads, patch, channels, height, imageWidth, attributes } = config;
  const row = (name: string, index: number): Vector => {
    const { shape, offset } = entries.get(name) ?? { shape: [], offset: NaN };
    const length = shape.at(-1) ?? NaN;
    return Array.from({ length }, (_, i) => weights[offset + index * length + i] ?? NaN);
  };
  const linear = (name: string, x: Vector): Vector =>
    row(`${name}.bias`, 0).map((bias, out) =>
      row(`${name}.weight`, out).reduce((sum, w, i) => sum + w * (x[i] ?? NaN), bias),
    );

  const frequencies = Array.from(
    { length: FREQUENCIES },
    (_, k) => 1000 * Math.exp((-Math.log(1000) * k) / FREQUENCIES),
  );
  const turns = [
    ...frequencies.map((f) => Math.sin(t * f)),
    ...frequencies.map((f) => Math.cos(t * f)),
  ];
  const time = linear('timeEmbed.fc2', linear('timeEmbed.fc1', turns).map(silu));
  const condition = Object.keys(attributes)
    .map((name, index) => row(`attrEmbed.${name}.weight`, ids[index] ?? NaN))
    .reduce(plus, time)
    .map(silu);
  const modulation = (name: string): ((part: number) => Vector) => {
    const all = linear(`${name}.modulation`, condition);
    return (part) => all.slice(part * width, (part + 1) * width);
  };
  const modulate = (x: Vector, shift: Vector, scale: Vector): Vector =>
    layerNorm(x).map((value, i) => value * (1 + (scale[i] ?? NaN)) + (shift[i] ?? NaN));

  /** Places of the pixels of each token, in the order (channel, row, column). */
  const columns = imageWidth / patch;
  const places = Array.from({ length: (height / patch) * columns }, (_, token) =>
    Array.from({ length: channels * patch * patch }, (_, i) => {
      const [channel, inside] = [Math.floor(i / patch ** 2), i % patch ** 2];
      const y = Math.floor(token / columns) * patch + Math.floor(inside / patch);
      const x = (token % columns) * patch + (inside % patch);
      return (channel * height + y) * imageWidth + x;
    }),
  );
  let tokens = places.map((pixels, token) =>
    plus(
      linear(
        'patchEmbed',
        pixels.map((place) => image[place] ?? NaN),
      ),
      row('posEmbed', token),
    ),
  );
  for (let block = 0; block < depth; block++) {
    const name = `blocks.${block}`;
    const m = modulation(name);
    const gated = (gate: Vector, x: Vector): Vector =>
      x.map((value, i) => value * (gate[i] ?? NaN));
    const size = width / heads;
    const qkv = tokens.map((x) => linear(`${name}.attn.qkv`, modulate(x, m(0), m(1))));
    const part = (token: number, which: number, head: number): Vector =>
      qkv[token]?.slice(which * width + head * size, which * width + (head + 1) * size) ?? [];
    const attended = tokens.map((_, token) =>
      Array.from({ length: heads }, (_, head) => {
        const scores = tokens.map((_, other) => {
          const key = part(other, 1, head);
          const product = part(token, 0, head).reduce((sum, q, i) => sum + q * (key[i] ?? NaN), 0);
          return product / Math.sqrt(size);
        });
        const shares = softmax(scores);
        return Array.from({ length: size }, (_, i) =>
          shares.reduce((sum, share, other) => sum + share * (part(other, 2, head)[i] ?? NaN), 0),
        );
      }).flat(),
    );
    tokens = tokens.map((x, token) => {
      const y = plus(x, gated(m(2), linear(`${name}.attn.out`, attended[token] ?? [])));
      const hidden = linear(`${name}.mlp.fc1`, modulate(y, m(3), m(4))).map(gelu);
      return plus(y, gated(m(5), linear(`${name}.mlp.fc2`, hidden)));
    });
  }
  const m = modulation('final');
  const velocity = Array.from({ length: image.length }, () => NaN);
  tokens.forEach((x, token) => {
    linear('final.linear', modulate(x, m(0), m(1))).forEach((value, i) => {
      velocity[places[token]?.[i] ?? NaN] = value;
    });
  });
  return velocity;
};
