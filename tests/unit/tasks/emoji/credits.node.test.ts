import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { EMOJI_CREDITS } from '../../../../src/tasks/emoji/credits';

const require = createRequire(import.meta.url);

/** As every package of drawings describes itself. */
interface Info {
  readonly name: string;
  readonly author: { readonly name: string; readonly url: string };
  readonly license: { readonly spdx: string };
}

test('credits say what the packages say of themselves', () => {
  const packages = ['noto', 'twemoji', 'fluent-emoji-flat'];
  const said = packages.map((name) => {
    const info = require(`@iconify-json/${name}/info.json`) as Info;
    const { author, license } = info;
    return { title: info.name, author: author.name, licence: license.spdx, url: author.url };
  });
  expect(EMOJI_CREDITS.slice(0, packages.length)).toEqual(said);
});
