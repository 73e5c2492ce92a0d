const PROPERTY = /var\((--[\w-]+)\)/g;

/** Calls `read` with a reader of custom properties as they are in light, whatever the page's theme. */
export const withLightColors = <Result>(
  read: (colorOf: (color: string) => string) => Result,
): Result => {
  const probe = document.createElement('span');
  probe.dataset['theme'] = 'light';
  document.body.append(probe);
  const style = getComputedStyle(probe);
  try {
    return read((color) =>
      color.replace(PROPERTY, (_, property: string) => style.getPropertyValue(property).trim()),
    );
  } finally {
    probe.remove();
  }
};
