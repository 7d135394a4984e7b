import {expect, test} from "vitest";
import {withPackedMenu} from "../../loaders/pack/packedMenu.ts";
import {withSwitch} from "../../loaders/site/finishHtml.ts";

const HTML = withSwitch(
  `<nav id="observablehq-sidebar">
  <ol><li style="display: contents"><label id="observablehq-sidebar-close"></label></li>
    <li class="observablehq-link observablehq-link-active"><a href="./">Tessera</a></li>
  </ol>
  <ol>
    <li class="observablehq-link observablehq-link-active"><a href="./">Overview</a></li>
  </ol>
  <details open>
    <summary>The forecast</summary>
    <ol>
    <li class="observablehq-link"><a href="./forecast">Forecast</a></li>
    <li class="observablehq-link"><a href="./what-if">What if</a></li>
    </ol>
  </details>
  <details open>
    <summary>Pipeline</summary>
    <ol>
    <li class="observablehq-link"><a href="./coverage">Coverage &amp; pacing</a></li>
    </ol>
  </details>
</nav><main><a href="./what-if">What if</a></main>`,
  "index.html",
  [
    {folder: "", label: "Tessera"},
    {folder: "demo", label: "Kettlebeck"}
  ]
);

function links(html: string): string[] {
  return [.../<nav[\s\S]*<\/nav>/.exec(html)![0].matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
}

test("links to files, without pages and groups that are not packed", () => {
  const packed = withPackedMenu(HTML, "index.html", ["index.html", "forecast.html", "demo/index.html"]);
  expect(links(packed)).toEqual([
    "./index.html",
    "./index.html",
    "./forecast.html",
    "./index.html",
    "./demo/index.html"
  ]);
  expect(packed).not.toContain("Pipeline");
  expect(packed).toContain("<summary>The forecast</summary>");
  // What a page's own script wrote is followed when it is clicked.
  expect(packed).toContain('<main><a href="./what-if">');
});

test("of a page that is packed alone itself, without the overview that a folder's address would mean, and no list of one company", () => {
  const packed = withPackedMenu(HTML, "forecast.html", ["forecast.html"]);
  expect(links(packed)).toEqual(["./forecast.html", "./forecast.html"]);
  expect(packed).not.toMatch(/Overview|weir-workspaces/);
});
