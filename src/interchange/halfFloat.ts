const scratch = new DataView(new ArrayBuffer(4));

/** IEEE 754 half precision bits (0..65535) to a number; exact, subnormals, infinities and NaN included. */
export function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >>> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

const FRACTION_BITS = 10;
/** Exponent of the smallest normal number; below it, steps have one size. */
const MIN_EXPONENT = -14;

/**
 * The nearest half precision number as bits (0..65535), ties to even; from 65520 on infinite. NaN
 * becomes a quiet NaN.
 */
export function numberToFloat16(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(Math.floor(Math.log2(magnitude)), MIN_EXPONENT);
  const steps = roundToEven(magnitude * 2 ** (FRACTION_BITS - exponent));
  // The leading 1 of `steps` counts as one exponent, so that carries and subnormals come out right.
  return sign | (((exponent - MIN_EXPONENT) << FRACTION_BITS) + steps);
}

function roundToEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}

/** bfloat16 bits (0..65535) to a number; exact, since they are the upper half of a float32. */
export function bfloat16ToNumber(bits: number): number {
  scratch.setUint32(0, bits << 16);
  return scratch.getFloat32(0);
}
