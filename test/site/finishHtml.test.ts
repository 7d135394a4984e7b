import {createHash} from "node:crypto";
import {expect, test} from "vitest";
import {finishHtml, policy, withSwitch} from "../../loaders/site/finishHtml.ts";

const page = `<!DOCTYPE html>
<html>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1, maximum-scale=1">
<script type="module" src="./a.js"></script>
<script type="module">define("<b>");</script>
</head>
<body><input id="observablehq-sidebar-toggle" type="checkbox" title="Toggle sidebar">
<nav><ol>
    <label id="observablehq-sidebar-close" for="observablehq-sidebar-toggle"></label>
    <li>Home</li></ol></nav></body></html>`;

test("a page gets a language, may be zoomed, and names its menu button", () => {
  const html = finishHtml(page);
  expect(html).toContain('<html lang="en">');
  expect(html).not.toContain("maximum-scale");
  expect(html).toMatch(/<input id="observablehq-sidebar-toggle"[^>]*aria-label="Show or hide the menu"/);
  expect(html).toMatch(/<ol><li[^>]*><label id="observablehq-sidebar-close"[^>]*><\/label><\/li>/);
});

test("the policy allows the page's own inline script by its hash, and no other", () => {
  const hash = createHash("sha256").update('define("<b>");').digest("base64");
  expect(policy(page)).toContain(`script-src 'self' 'sha256-${hash}'`);
  expect(policy(page)).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline|https?:/);
});

test("finishing twice changes nothing more", () => {
  const once = finishHtml(page);
  expect(finishHtml(once).match(/Content-Security-Policy/g)).toHaveLength(1);
});

test("of several workspaces each page links to all, wherever it lies, and marks its own", () => {
  const menu = `<nav id="observablehq-sidebar"><ol></ol></nav><nav id="other"></nav>`;
  const workspaces = [
    {folder: "", label: "A & <b>"},
    {folder: "b", label: "B"}
  ];
  const root = withSwitch(menu, "pipeline.html", workspaces);
  expect(root).toContain('href="./" data-plain aria-current="true">A &#38; &#60;b&#62;</a>');
  expect(root).toContain('href="./b/" data-plain>B</a>');
  const below = withSwitch(menu, "b/pipeline.html", workspaces);
  expect(below).toContain('href="../" data-plain>');
  expect(below).toContain('href="../b/" data-plain aria-current="true">B</a>');
  expect(below.match(/weir-workspaces"/g)).toHaveLength(3);
  expect(below.endsWith('<nav id="other"></nav>')).toBe(true);
});
