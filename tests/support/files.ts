import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** Absolute path of the repository, with a slash at its end. */
    rootDir: string;
    /** Absolute path of the folder of golden data. */
    goldenDir: string;
  }
}

/** True in the browser project, false in Node. */
export const inBrowser = typeof window !== 'undefined';

/** Bytes of a file of golden data (folder GOLDEN_DIR, tests/golden unless set). */
export function readGolden(name: string): Promise<ArrayBuffer> {
  return readBytes(`${inject('goldenDir')}/${name}`);
}

/** Bytes of a file of this repository, by its path from the root. */
export function readFixture(path: string): Promise<ArrayBuffer> {
  return readBytes(`${inject('rootDir')}${path}`);
}

async function readBytes(path: string): Promise<ArrayBuffer> {
  if (inBrowser) {
    const response = await fetch(`/@fs${path}`);
    // The server answers an unknown file with the test page.
    const isPage = response.headers.get('content-type')?.startsWith('text/html') === true;
    if (!response.ok || isPage) throw new Error(`cannot read ${path}: HTTP ${response.status}`);
    return response.arrayBuffer();
  }
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(path);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}
