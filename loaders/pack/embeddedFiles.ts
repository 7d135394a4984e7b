/** Files that a page carries within itself. */
import {gzipSync} from "node:zlib";

export interface EmbeddedFile {
  /** Below the site's folder. */
  path: string;
  mimeType: string;
  content: Uint8Array | string;
}

/** A block of HTML that inPage/openFiles.ts opens. The browser neither runs nor shows it. */
export function embedded({path, mimeType, content}: EmbeddedFile): string {
  const packed = gzipSync(content, {level: 9}).toString("base64");
  return `<script type="application/gzip" data-file="${attribute(path)}" data-type="${attribute(mimeType)}">${packed}</script>`;
}

function attribute(text: string): string {
  return text.replace(/[&"<>]/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
