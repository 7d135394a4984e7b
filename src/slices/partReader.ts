/** Reads a large firm's parts; also from a worker, whose own address is another one than the page's. */

export type Reader = (file: string) => Promise<unknown>;

/**
 * Reads part files, each once. They are gzip, whatever the server says of them.
 * @param page address that parts lie beside; default the page's own
 */
export function partReader(version: string, page = ""): Reader {
  const known = new Map<string, Promise<unknown>>();
  const fetched = (file: string) => {
    const url = partUrl(file, version);
    return readPart(page ? new URL(url, page).href : url);
  };
  return (file) => {
    const before = known.get(file);
    if (before) return before;
    const found = fetched(file);
    known.set(file, found);
    found.catch(() => known.delete(file));
    return found;
  };
}

/** Reads a part by its address. */
export async function readPart(url: string): Promise<unknown> {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url} could not be read (${response.status})`);
  return new Response(response.body.pipeThrough(new DecompressionStream("gzip"))).json();
}

/** The address of a part beside the page. */
export function partUrl(file: string, version: string): string {
  const path = file.split("/").map(encodeURIComponent).join("/");
  return `./_parts/${path}.gz.bin?v=${encodeURIComponent(version)}`;
}
