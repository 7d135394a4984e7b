/** Texts of a file as their readers see them: escapes of JSON and JavaScript, of HTML and of addresses undone. */

const NAMED: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  Tab: "\t",
  NewLine: "\n"
};

/** The text as it is; with all its escapes undone, where that differs, for escapes may lie in one another; and what data: addresses hold. */
export function decodings(text: string): string[] {
  const plain = percent(entities(unescaped(text)));
  return [text, ...(plain === text ? [] : [plain]), ...base64Data(text)];
}

/** `\u00e9`, `\u{1f600}`, `\xe9`, `\n`, `\"` of JSON, JavaScript and CSS strings. */
function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  return text.replace(
    /\\(?:u([0-9a-f]{4})|u\{([0-9a-f]{1,6})\}|x([0-9a-f]{2})|([\\/"'`nrtbf]))/gi,
    (whole, four, braces, two, plain) => {
      if (plain) return /[nrtbf]/.test(plain) ? " " : plain;
      const code = Number.parseInt(four ?? braces ?? two, 16);
      // Halves of a pair meet again once both are undone.
      return code <= 0xffff
        ? String.fromCharCode(code)
        : code <= 0x10ffff
          ? String.fromCodePoint(code)
          : whole;
    }
  );
}

/** `&amp;`, `&#233;`, `&#xe9;`. */
function entities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/** `%C3%A9`, run by run: one that is no UTF-8 stays. */
function percent(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** What data: addresses hold. */
function base64Data(text: string): string[] {
  return [...text.matchAll(/data:[^,"'\s]{0,80};base64,([A-Za-z0-9+/=]{8,})/g)].map(([, data]) =>
    Buffer.from(data!, "base64").toString("utf8")
  );
}
