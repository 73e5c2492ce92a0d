/** Told while a file comes in; `total` is 0 where the server does not say how much there is. */
export type OnBytes = (done: number, total: number) => void;

/**
 * Bytes behind a URL, and how many are there while they come. Throws an Error that names the URL where the
 * server has none.
 */
export const fetchBytes = async (url: string, onBytes?: OnBytes): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
  if (onBytes === undefined || response.body === null) return response.arrayBuffer();
  const total = lengthOf(response);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let done = 0;
  // Not every browser can iterate over a stream.
  const reader = response.body.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    parts.push(next.value);
    done += next.value.byteLength;
    onBytes(done, total);
  }
  return new Blob(parts).arrayBuffer();
};

/** The length of what is read; a compressed file's header speaks of what travels. */
const lengthOf = ({ headers }: Response): number =>
  headers.get('content-encoding') === null ? Number(headers.get('content-length') ?? 0) : 0;
