/** Runs in a packed page: gives the page's data and workers, which it carries within itself, addresses of their own. */

/** A block of the page: base64 of gzip, as `embedded` of embeddedFiles.ts writes it. */
const BLOCKS = 'script[type="application/gzip"][data-file]';

/**
 * Addresses that hold the file itself ("data:"): a page that was opened from a disk may start workers from such and from no other, and
 * only these can its workers read.
 * @returns address by path below the site's folder
 */
export async function openFiles(page: Document): Promise<Record<string, string>> {
  const blocks = [...page.querySelectorAll<HTMLScriptElement>(BLOCKS)];
  const opened = await Promise.all(
    blocks.map(async (block) => {
      const address = await dataAddress(await unpacked(block.textContent!), block.dataset["type"]!);
      block.remove();
      return [block.dataset["file"]!, address] as const;
    })
  );
  return Object.fromEntries(opened);
}

async function unpacked(base64: string): Promise<ArrayBuffer> {
  const letters = atob(base64);
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

function dataAddress(content: ArrayBuffer, type: string): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([content], {type}));
  });
}
