import type { Credit } from '../task';

/** Who drew the emoji, as the packages of their drawings say, and who sorted them. */
export const EMOJI_CREDITS: readonly Credit[] = [
  {
    title: 'Noto Emoji',
    author: 'Google Inc',
    licence: 'Apache-2.0',
    url: 'https://github.com/googlefonts/noto-emoji',
  },
  {
    title: 'Twitter Emoji',
    author: 'Twitter',
    licence: 'CC-BY-4.0',
    url: 'https://github.com/jdecked/twemoji',
  },
  {
    title: 'Fluent Emoji Flat',
    author: 'Microsoft Corporation',
    licence: 'MIT',
    url: 'https://github.com/microsoft/fluentui-emoji',
  },
  {
    title: 'Emojibase (names and groups)',
    author: 'Miles Johnson',
    licence: 'MIT',
    url: 'https://github.com/milesj/emojibase',
  },
];
