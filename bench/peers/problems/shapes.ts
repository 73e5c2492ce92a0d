import { tokenCount, type DitConfig } from '../../../src/models/dit/config';

const FREQUENCIES = 32;
const MAX_FREQUENCY = 1000;

/** f_k = 1000 exp(-ln(1000) k / 32) of the time embedding, sines first. */
export const frequencies = (): Float32Array<ArrayBuffer> =>
  Float32Array.from(
    { length: FREQUENCIES },
    (_, k) => MAX_FREQUENCY * Math.exp((-Math.log(MAX_FREQUENCY) * k) / FREQUENCIES),
  );

/** Shapes by which `batch` images become patches and patches images, and the sizes of prompts. */
export const parts = (config: DitConfig, batch: number) => {
  const { channels, height, imageWidth, patch, attributes } = config;
  const [down, across] = [height / patch, imageWidth / patch];
  const tables = Object.values(attributes);
  return {
    images: [batch, channels, height, imageWidth],
    grid: [batch, channels, down, patch, across, patch],
    patches: [batch, down, across, channels, patch, patch],
    tokens: tokenCount(config),
    pixels: channels * patch * patch,
    /** Rows of the table of all attributes, and how many of them a prompt picks. */
    tableRows: tables.reduce((sum, values) => sum + values + 1, 0),
    picks: tables.length,
  };
};
