/** How Framework writes a file that a page attaches into the page: one line of its module, `registerFile("./data/deals.json", {...});`. */

/** What it says of a file. */
export interface RegisteredFile {
  /** Where it lies, relative to the page. */
  path: string;
  mimeType: string;
  lastModified?: number;
  size?: number;
}

const REGISTERED = /^registerFile\((".*?"), (\{.*\})\);$/gm;

/** The files that a page, or its module, asks for by name, in their order. */
export function registeredFiles(text: string): RegisteredFile[] {
  return [...text.matchAll(REGISTERED)].map(([, , info]) => JSON.parse(info!) as RegisteredFile);
}

/**
 * A page, or its module, that says something else of its files.
 * @param told given the name by which the page asks (`./data/deals.json`) and what is said of it; gives what to say, as code, or null to leave it
 */
export function tellFiles(text: string, told: (name: string, info: RegisteredFile) => string | null): string {
  return text.replace(REGISTERED, (line, name: string, info: string) => {
    const now = told(JSON.parse(name) as string, JSON.parse(info) as RegisteredFile);
    return now === null ? line : `registerFile(${name}, ${now});`;
  });
}
