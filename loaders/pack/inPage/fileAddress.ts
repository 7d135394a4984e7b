/** Where links lead among pages that are files: a server finds "forecast" as forecast.html and a folder as its index.html, a disk does not. */

/**
 * The file that a link of the site leads to.
 * @param path below the site's folder, without query: "", "forecast", "demo-equipment/"
 * @param files of the packed pages, in the order of the menu: "index.html", "demo-equipment/index.html"
 * @returns null where no packed page is meant
 */
export function fileOf(path: string, files: readonly string[]): string | null {
  const named = [path, `${path}.html`, `${path}index.html`, `${path}/index.html`].find((each) =>
    files.includes(each)
  );
  if (named !== undefined) return named;
  if (path !== "" && !path.endsWith("/")) return null;
  // A folder without the overview opens with the first of its pages, as a site does.
  return files.find((file) => file.startsWith(path) && !file.slice(path.length).includes("/")) ?? null;
}

/**
 * The address of a link of one page, told of a file.
 * @param href as the page has it, relative
 * @param page the file that has the link, below the site's folder
 * @returns null where it leads to no packed page; the link itself where it leads out of the site or stays on the page
 */
export function fileAddress(href: string, page: string, files: readonly string[]): string | null {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#|\?)/i.test(href)) return href;
  const [, path, rest] = /^([^?#]*)(.*)$/.exec(href)!;
  const root = new URL("https://site.invalid/");
  const target = new URL(path!, new URL(page, root));
  const file = fileOf(decoded(target.pathname.slice(1)), files);
  if (file === null) return null;
  const up = "../".repeat(page.split("/").length - 1) || "./";
  return `${up}${encodeURI(file)}${rest}`;
}

/** A path with a stray "%" is none of ours. */
function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}
