import { describe, expect, test } from 'vitest';
import { PhiloxStream } from '../../../../src/graph/philox';
import {
  ATTRIBUTES,
  type AttributeName,
  avatarPrompts,
} from '../../../../src/tasks/avatars/attributes';
import { PromptError, type Prompt } from '../../../../src/tasks/promptSpace';
import {
  avatarSvg,
  drawAvatar,
  realAvatars,
  type AvatarRandom,
} from '../../../../src/tasks/avatars/generator';

/** Chooses the first of everything. */
const first: AvatarRandom = { integer: () => 0 };

const stream = (step: number): PhiloxStream => new PhiloxStream(5, 0, step);

/** #rrggbb of pixel (x, y). */
function colourAt(image: Float32Array, x: number, y: number): string {
  const bytes = [0, 1, 2].map((channel) => {
    const byte = ((image[channel * 256 + y * 16 + x] ?? NaN) + 1) * 127.5;
    expect(Math.abs(byte - Math.round(byte))).toBeLessThan(1e-4);
    return Math.round(byte).toString(16).padStart(2, '0');
  });
  return `#${bytes.join('')}`;
}

const withValue = (prompt: Prompt, name: AttributeName, id: number): Prompt =>
  prompt.with(avatarPrompts.indexOf(name), id);

/** Places (y * 16 + x) where two images differ. */
function changed(a: Float32Array, b: Float32Array): number[] {
  return Array.from({ length: 256 }, (_, at) => at).filter((at) =>
    [0, 256, 512].some((plane) => a[plane + at] !== b[plane + at]),
  );
}

describe('an avatar', () => {
  test('is the drawing that its paths describe', () => {
    // Read off the style's paths by hand, layer by layer; . is the background, S the face.
    const rows = [
      '................',
      '................',
      '....SHHHHHHS....',
      '...HSSHHHHSSH...',
      '...HaaaSSaaaH...',
      '..bacccaacccab..',
      '..SacdeaacdeaS..',
      '..SadefaadefaS..',
      '...SaaaSSaaaS...',
      '...SSSSggSSSS...',
      '...SSSghhgSSS...',
      '....SSSggSSS....',
      '.......ii.......',
      '...jkjiiiijkj...',
      '..jjkjjjjjjkjj..',
      '..jjkjjjjjjkjj..',
    ];
    const colours: Record<string, string> = {
      '.': '#b6e3f4', // sky blue
      H: '#bd1700', // red hair
      i: '#ffdbac', // neck: pale skin
      S: '#ffdfb4', // face: the same with 10 % white
      a: '#4b4b4b', // frame of the glasses
      b: '#6f6f6f', // its ends: 20 % white
      c: '#b39c7e', // the face through a lens: 30 % black
      d: '#b3b3b3', // white of the eye through the lens
      e: '#83838a', // iris #76778b with half of white, through the lens
      f: '#535361', // iris
      g: '#d29985', // mouth
      h: '#dbad9d', // with 20 % white
      j: '#ae0001', // dark red shirt
      k: '#be3334', // with 20 % white
    };
    // Sky blue, pale, short red hair, no hat, sunglasses, dark red shirt, happy.
    const image = drawAvatar([0, 0, 0, 9, 0, 2, 8, 0], first);
    rows.forEach((row, y) => {
      Array.from(row).forEach((key, x) => {
        expect(colourAt(image, x, y), `(${x}, ${y})`).toBe(colours[key]);
      });
    });
  });

  test('has the colours that its prompt says', () => {
    for (const name of ['background', 'skin', 'clothing'] as const) {
      const places = { background: [0, 0], skin: [7, 12], clothing: [7, 15] } as const;
      const [x, y] = places[name];
      const values: readonly { hex: string }[] = ATTRIBUTES[avatarPrompts.indexOf(name)]
        ?.values as readonly { hex: string }[];
      values.forEach(({ hex }, id) => {
        const image = drawAvatar(withValue([0, 0, 2, 0, 0, 0, 0, 0], name, id), first);
        expect(colourAt(image, x, y)).toBe(hex);
      });
    }
  });

  test('needs a prompt that leaves nothing open', () => {
    expect(() => drawAvatar(avatarPrompts.nullPrompt, first)).toThrow(PromptError);
    expect(() => drawAvatar([0, 0, 0, 0, 2, 0, 0, 0], first)).toThrow('leaves attributes open');
    expect(() => drawAvatar([0, 0, 0], first)).toThrow(PromptError);
  });
});

describe('an attribute changes its own part of the picture', () => {
  const { prompts } = realAvatars(11, 60);

  /** Rows (first and last) that changing `name` from one value to another may touch. */
  const ROWS: Record<AttributeName, readonly [number, number]> = {
    background: [0, 15],
    skin: [2, 15],
    hairLength: [0, 15],
    hairColor: [0, 15],
    hat: [0, 4],
    glasses: [4, 8],
    clothing: [12, 15],
    mouth: [9, 11],
  };

  test.each(ATTRIBUTES.map(({ name }) => name))('%s', (name) => {
    const count = ATTRIBUTES[avatarPrompts.indexOf(name)]?.values.length ?? 0;
    const [top, bottom] = ROWS[name];
    let seen = 0;
    prompts.forEach((prompt, step) => {
      // Without a hat and bald heads, so that hair can be seen.
      const plain = withValue(withValue(prompt, 'hat', 0), 'hairLength', step % 2);
      const images = Array.from({ length: count }, (_, id) =>
        drawAvatar(withValue(plain, name, id), stream(step)),
      );
      for (const image of images.slice(1)) {
        const places = changed(images[0] ?? image, image);
        seen += places.length > 0 ? 1 : 0;
        expect(places.every((at) => at >= 16 * top && at < 16 * (bottom + 1))).toBe(true);
      }
    });
    expect(seen).toBe((count - 1) * prompts.length);
  });

  test('hair colour where there is hair, the background where there is no figure', () => {
    prompts.forEach((prompt, step) => {
      const images = (name: AttributeName, ids: readonly number[]) =>
        ids.map((id) => drawAvatar(withValue(prompt, name, id), stream(step)));
      const difference = (name: AttributeName, a: number, b: number) => {
        const [one, other] = images(name, [a, b]);
        return one && other ? changed(one, other) : [];
      };
      const bald = drawAvatar(withValue(prompt, 'hairLength', 2), stream(step));
      const [blond, blue] = images('hairColor', [0, 8]);
      if (!blond || !blue) throw new Error('two images were drawn');
      // Blue is on no skin, so hair is what differs from the bald head.
      const hair = changed(bald, blue);
      expect(changed(blond, blue).every((at) => hair.includes(at))).toBe(true);
      if (prompt[avatarPrompts.indexOf('hairLength')] === 2) expect(hair).toEqual([]);

      const [sky, skin] = [difference('background', 0, 5), difference('skin', 0, 7)];
      expect(sky).toContain(0 + 16 * 6);
      expect(sky.filter((at) => skin.includes(at))).toEqual([]);
    });
  });
});

describe('the generator', () => {
  test('gives the same bytes for the same seed, and the first whatever the count', () => {
    const [once, again, more] = [realAvatars(3, 20), realAvatars(3, 20), realAvatars(3, 30)];
    expect(again).toEqual(once);
    expect(more.images.slice(0, once.images.length)).toEqual(once.images);
    expect(more.prompts.slice(0, 20)).toEqual(once.prompts);
    expect(realAvatars(4, 20).images).not.toEqual(once.images);
    expect(() => realAvatars(-1, 1)).toThrow(RangeError);
  });

  test('draws every value, and every variant that its words allow', () => {
    const { prompts } = realAvatars(9, 600);
    ATTRIBUTES.forEach(({ name, values }, index) => {
      const drawn = new Set(prompts.map((prompt) => prompt[index]));
      expect(drawn.size, name).toBe(values.length);
    });
    // 24 short and 21 long haircuts; 23 shirts, two of which (05 and 14) are the same picture.
    const shapes = (name: AttributeName, id: number, pattern: RegExp): number => {
      const prompt = withValue([0, 0, 2, 8, 0, 0, 0, 0], name, id);
      const paths = Array.from({ length: 400 }, (_, step) =>
        [...avatarSvg(prompt, stream(step)).matchAll(pattern)].map(([text]) => text).join(),
      );
      return new Set(paths).size;
    };
    const hair = /<g fill="#009bbd">.*?<\/g>|<path[^>]*fill="#009bbd"[^>]*>/g;
    expect(shapes('hairLength', 0, hair)).toBe(24);
    expect(shapes('hairLength', 1, hair)).toBe(21);
    // Shirts are below row 12 and alone there, so each is another picture.
    const shirts = Array.from({ length: 400 }, (_, step) => {
      const image = drawAvatar([0, 0, 2, 0, 0, 0, 0, 0], stream(step));
      return [0, 256, 512].map((plane) => image.slice(plane + 12 * 16, plane + 256).join());
    });
    expect(new Set(shirts.map((planes) => planes.join())).size).toBe(22);
  });

  test('has images in [-1, 1] of the contrast that real avatars have', () => {
    const { images } = realAvatars(1, 200);
    expect(images.every((value) => value >= -1 && value <= 1)).toBe(true);
    const variances = Array.from({ length: 200 }, (_, index) => {
      const image = images.slice(768 * index, 768 * (index + 1));
      const mean = image.reduce((sum, value) => sum + value, 0) / 768;
      return image.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 767;
    });
    const average = variances.reduce((sum, value) => sum + value, 0) / 200;
    // "Real avatars: about .25", by a generator that is not ours.
    expect(average).toBeGreaterThan(0.23);
    expect(average).toBeLessThan(0.28);
  });
});
