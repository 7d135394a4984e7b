/** What must hold of scenarios in the browser; run by demos.test.ts on the demo's site. */
import {readdirSync, readFileSync} from "node:fs";
import {join} from "node:path";
import type {Browser, Page} from "playwright-core";
import {expect, test} from "vitest";
import type {ForecastData} from "../../src/slices/forecast.ts";
import {launchBrowser} from "./launch.ts";
import {visit} from "./visit.ts";

const answer = (page: Page) => page.locator(".weir-answer-text").innerText();

/** Every figure of the page: sentence, headline figures, and the exact rows behind bands and bridge. */
async function figures(page: Page): Promise<string[]> {
  // Sensitivities follow a moment later: they are about what the headline says once they say it too.
  const expected = page.locator(".weir-kpi-value").first();
  const tornado = page.locator("figure:has-text('What matters most') svg");
  await expect
    .poll(async () => ((await tornado.textContent()) ?? "").replace(/^.*?}(?=[^}]*$)/s, ""))
    .toContain(await expected.textContent());
  for (const title of ["beside the forecast", "What makes the difference"]) {
    const figure = page.locator(`figure:has(h2:has-text("${title}"))`);
    await figure.getByRole("button", {name: "Show data"}).click();
  }
  return page
    .locator(".weir-answer-text, .weir-kpi, .weir-chart-data:not([hidden]) td, .weir-plain td")
    .allInnerTexts();
}

/** What the page asks of anybody from now on. */
function requests(page: Page): string[] {
  const asked: string[] = [];
  page.on("request", (request) =>
    asked.push(`${request.method()} ${request.url()} ${request.postData() ?? ""}`)
  );
  return asked;
}

function dataFile<T>(dist: string, name: string): T {
  const folder = join(dist, "_file", "data");
  const file = readdirSync(folder).find((each) => each.startsWith(`${name}.`))!;
  return JSON.parse(readFileSync(join(folder, file), "utf8")) as T;
}

export function scenarioTests(browser: () => Browser, site: () => {dist: string; url: string}): void {
  const at = (query: string) => `${site().url}what-if${query}`;

  test("with nothing assumed every published quarter is the published forecast, to the cent", async () => {
    const {quarters} = dataFile<ForecastData>(site().dist, "forecast");
    const {page, problems} = await visit(browser(), at(""));
    expect(await answer(page)).toMatch(/; held \d+ of \d+ times at this point/);
    const figure = page.locator('figure:has(h2:has-text("What is forecast"))');
    await figure.getByRole("button", {name: "Show data"}).click();
    for (const {label, mean, low80, high80} of quarters) {
      const cells = await figure.locator(`tr:has-text("${label}")`).locator("td, th").allInnerTexts();
      const cents = cells.slice(-3).map((text) => Math.round(100 * Number(text.replaceAll(/[^\d.]/g, ""))));
      expect(cents).toEqual([mean, low80, high80].map((each) => Math.round(100 * each)));
    }
    expect(quarters.length).toBeGreaterThan(1);
    expect(problems).toEqual([]);
    await page.context().close();
  });

  test("levers move by keyboard alone; the link shows the same figures in another browser", async () => {
    const {page, problems} = await visit(browser(), at(""));
    const before = await answer(page);
    const asked = requests(page);
    await page
      .getByLabel(/^Win rate/)
      .first()
      .focus();
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowRight");
    await expect.poll(() => answer(page)).toContain("against the forecast");
    await expect.poll(() => new URL(page.url()).searchParams.get("lever")).toBe("win_rate~1.05");
    // The period is in the link: another day's page may open at another one.
    expect(new URL(page.url()).searchParams.get("period")).toBeTruthy();
    // On to the range, the exact value typed, and Backspace takes it back.
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("12");
    await page.keyboard.press("Tab");
    await expect.poll(() => new URL(page.url()).searchParams.get("lever")).toBe("win_rate~1.12");
    await page
      .getByLabel(/^Hires/)
      .first()
      .focus();
    for (let i = 0; i < 9; i++) await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => page.locator(".weir-scenario-notes").innerText())
      .toContain("Not seen before: Hires +9");
    await expect.poll(() => decodeURIComponent(page.url())).toContain("hiring~9");
    // Nothing has been asked of anybody but the parts of the page itself.
    expect(
      asked.filter((each) => !/^GET [^?]*\/_(import|file|npm|node|observablehq)\/[^?]* $/.test(each))
    ).toEqual([]);
    const mine = await figures(page);
    const elsewhere = await launchBrowser();
    const theirs = await visit(elsewhere, page.url(), {dark: true});
    expect(await figures(theirs.page)).toEqual(mine);
    await elsewhere.close();
    await page
      .getByLabel(/^Hires/)
      .first()
      .focus();
    await page.keyboard.press("Backspace");
    await page
      .getByLabel(/^Win rate/)
      .first()
      .focus();
    await page.keyboard.press("Delete");
    await expect.poll(() => answer(page)).toBe(before);
    await page.goBack();
    await expect.poll(() => answer(page)).not.toBe(before);
    expect([...problems, ...theirs.problems]).toEqual([]);
    await page.context().close();
  });

  test("a saved file opens as it was, other data are noted, bad files and links are refused and change nothing", async () => {
    const query = "?name=Board&lever=price~1.02&lever=win_rate~1.1~~region~EMEA&target=3000000";
    const {page, problems} = await visit(browser(), at(query));
    await expect.poll(() => answer(page)).toContain("With “Board”");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", {name: "Save file"}).click();
    const text = readFileSync(await (await saved).path(), "utf8");
    const said = await answer(page);
    await page.getByRole("button", {name: "Reset all"}).click();
    await expect.poll(() => answer(page)).toContain("Nothing is assumed");
    const base = await answer(page);
    const asked = requests(page);
    const open = (name: string, content: string) =>
      page
        .locator("input[type=file]")
        .setInputFiles({name, mimeType: "application/json", buffer: Buffer.from(content)});
    await open("broken.yaml", "weir_scenario: 1\nlevers: [{lever: win_rate, value: lots}]");
    await expect
      .poll(() => page.getByRole("alert").innerText())
      .toContain('levers[0].value: expected a number from 0.5 to 2, found "lots"');
    expect(await answer(page)).toBe(base);
    expect(page.url()).not.toContain("lever");
    await open("board.json", text);
    await expect.poll(() => answer(page)).toBe(said);
    await open("board.yaml", text.replace(/"hash": "[0-9a-f]+"/, '"hash": "0123456789abcdef"'));
    await expect
      .poll(() => page.locator(".weir-scenario-notes").innerText())
      .toContain("This scenario was made on data of");
    await page.getByRole("button", {name: "Compare with this"}).click();
    await expect.poll(() => page.locator(".weir-compared").innerText()).toContain("They assume the same");
    expect(asked.filter((each) => /lever|Board|POST/.test(each))).toEqual([]);
    const bad = await visit(browser(), at("?lever=win_rate~lots&lever=slip~0.1~2026-02-30"));
    const wrong = await bad.page.getByRole("alert").innerText();
    expect(wrong).toContain("levers[0].value: expected a number");
    expect(wrong).toContain("levers[1].from: expected a day like 2026-05-31");
    expect(await answer(bad.page)).toBe(base);
    expect([...problems, ...bad.problems]).toEqual([]);
    for (const each of [page, bad.page]) await each.context().close();
  });

  test("on a phone the outcome stays in sight while sliders are moved; in print the assumptions are sentences", async () => {
    const {page, problems} = await visit(browser(), at("?lever=cycle_time~0.9"), {width: 390});
    const strip = page.locator(".weir-whatif-words");
    await expect.poll(() => answer(page)).toContain("against the forecast");
    const slider = page.getByLabel(/^Deal size/).first();
    await slider.scrollIntoViewIfNeeded();
    await page.evaluate(() => scrollBy(0, 300));
    await expect.poll(async () => (await strip.boundingBox())?.height ?? 0).toBeGreaterThan(20);
    const words = await strip.innerText();
    const box = (await slider.boundingBox())!;
    await page.mouse.click(box.x + box.width * 0.7, box.y + box.height / 2);
    await expect.poll(() => strip.innerText()).not.toBe(words);
    expect((await strip.boundingBox())!.y).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0
    );
    await page.emulateMedia({media: "print"});
    expect(await page.locator(".weir-scenario").isVisible()).toBe(false);
    expect(await strip.isVisible()).toBe(false);
    const assumed = await page.locator(".weir-print-only:has-text('What is assumed')").innerText();
    expect(assumed).toMatch(/Cycle time \u221210%[\s\S]*Deal size \+\d+%/);
    expect(await page.locator("main svg").count()).toBeGreaterThan(2);
    expect((await page.pdf()).length).toBeGreaterThan(20_000);
    expect(problems).toEqual([]);
    await page.context().close();
  });
}
