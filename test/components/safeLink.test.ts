import {expect, test} from "vitest";
import {safeLink} from "../../src/components/safeLink.js";

test.each([
  "https://crm.example.com/d/1?x=a b",
  "http://x.y",
  "./deals?id=1",
  "/deals",
  "deals",
  "#top",
  "?a=1"
])("%s becomes a link", (href) => {
  expect((safeLink(href.replace(" ", "%20"), "Deal") as Element).tagName).toBe("A");
});

test.each([
  "javascript:alert(1)",
  " JaVaScRiPt:alert(1)",
  "java\nscript:alert(1)",
  "data:text/html,<script>",
  "vbscript:x",
  "//evil.example",
  "\\\\evil.example",
  "/\\evil.example",
  "https:evil",
  "mailto:a@b.c",
  ""
])("%j stays text", (href) => {
  expect(safeLink(href, "Deal").nodeType).toBe(Node.TEXT_NODE);
});

test("markup in the text is text, and the opened page gets no handle", () => {
  const link = safeLink("https://crm.example.com", "<img onerror=alert(1)>") as HTMLAnchorElement;
  expect(link.childElementCount).toBe(0);
  expect(link.rel).toContain("noopener");
});
