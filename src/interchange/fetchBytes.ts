/** Bytes behind a URL. Throws an Error that names the URL where the server has none. */
export const fetchBytes = async (url: string): Promise<ArrayBuffer> => {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status} for ${url}`);
  return response.arrayBuffer();
};
