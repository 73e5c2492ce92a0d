const PROPERTY = /^var\((--[\w-]+)\)$/;

/** Calls `read` with a reader of custom properties as they are in light, whatever the page's theme. */
export const withLightColors = <Result>(
  read: (colorOf: (color: string) => string) => Result,
): Result => {
  const probe = document.createElement('span');
  probe.dataset['theme'] = 'light';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  try {
    return read((color) => {
      const property = PROPERTY.exec(color)?.[1];
      return property === undefined ? color : style.getPropertyValue(property).trim();
    });
  } finally {
    probe.remove();
  }
};
