/** Text from a CRM is text: whatever a deal is called, nothing runs, nothing is asked of another origin. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser} from "playwright-core";
import {afterAll, beforeAll, expect, test} from "vitest";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import {launchBrowser} from "./launch.ts";
import {type BuiltSite, builtSite, PAGES} from "./site.ts";
import {visit} from "./visit.ts";

const HOSTILE = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(2)</script>",
  '"><svg onload=alert(3)>',
  "javascript:alert(4)",
  "${alert(5)}",
  "</script><script>alert(6)</script>",
  '=HYPERLINK("http://evil.example/","x")',
  "\u202Eтekst\u0000".replace("\u0000", ""),
  "https://evil.example/x.png"
];

let browser: Browser;
let small: SmallWorkspace;
let site: BuiltSite;

beforeAll(async () => {
  browser = await launchBrowser();
  small = smallWorkspace();
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const [header, ...lines] = readFileSync(join(small.dir, "deals.csv"), "utf8").trim().split("\n");
  const named = lines.map((line, index) =>
    line.replace(/^(D\d),("(?:[^"]|"")*"|[^,]*),/, (_, id: string) => `${id},${quoted(HOSTILE[index]!)},`)
  );
  small.write("deals.csv", `${[header, ...named].join("\n")}\n`);
  small.change("accounts.csv", "Ådal Maskin", quoted(HOSTILE[0]!));
  small.change("people.csv", "Ana", quoted(HOSTILE[1]!));
  small.change("products.csv", "Basic,Core", `Basic,${quoted(HOSTILE[2]!)}`);
  small.change("partners.csv", /Zeno/, quoted(HOSTILE[5]!));
  site = await builtSite(small.dir);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  small?.remove();
});

for (const name of PAGES)
  test.concurrent(`${name || "index"} shows hostile names as text`, async ({expect}) => {
    const {page, problems} = await visit(browser, site.server.url + name);
    await page
      .getByRole("button", {name: "Show data"})
      .evaluateAll((buttons) => buttons.forEach((button) => void (button as HTMLElement).click()));
    const opener = page.locator(".weir-kpi .weir-textlink").first();
    if ((await opener.count()) > 0) await opener.click();
    await page.waitForTimeout(300);
    expect(problems).toEqual([]);
    const hrefs = await page
      .locator("main a, dialog a")
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
    expect(hrefs.filter((href) => /^javascript:|evil/.test(href))).toEqual([]);
    await page.context().close();
  });

test("a hostile name is there to be read", async () => {
  const {page} = await visit(browser, `${site.server.url}pipeline`);
  await expect(page.locator("main").innerText()).resolves.toContain("=HYPERLINK");
  await page.context().close();
});
