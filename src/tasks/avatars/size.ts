/** Edge of an avatar in pixels. */
export const AVATAR_SIZE = 16;
/** Values of one image: red, green and blue planes. */
export const AVATAR_VALUES = 3 * AVATAR_SIZE * AVATAR_SIZE;
