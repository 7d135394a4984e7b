/** What a person does with a page: filter, share the link, open the deals behind a figure, see the data. */
import type {Browser} from "playwright-core";
import {describe, expect, test} from "vitest";
import {withWarehouse} from "../../loaders/warehouse/openWarehouse.ts";
import {OWNER} from "./hostile.ts";
import type {BuiltSite} from "./site.ts";
import {visit} from "./visit.ts";

/** The tests on the site of the small workspace with hostile names; run by pages.test.ts, which has it. */
export function interactionTests(browser: () => Browser, site: () => BuiltSite): void {
  describe("filters", () => {
    test("a link opens what its sender saw, and says it in words", async () => {
      const {page, problems} = await visit(browser(), `${site().server.url}pipeline?region=South`);
      const [row] = await withWarehouse(
        (engine) =>
          engine.rows(
            "select count(*)::integer as n from marts.deals where outcome = 'open' and region = 'South'"
          ),
        site().paths.warehouse
      );
      await expect(page.locator(".weir-answer-text").textContent()).resolves.toContain(
        `open in ${row!["n"]} deals`
      );
      await expect(page.locator(".weir-filters-words").textContent()).resolves.toContain("Region South");
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test("choosing a value changes figures and address, goes along to the next page, and back undoes it", async () => {
      const {page, problems} = await visit(browser(), `${site().server.url}pipeline`);
      const answer = () => page.locator(".weir-answer-text").textContent();
      const before = await answer();
      await page
        .locator(".weir-filters")
        .getByRole("button", {name: /^Owner/})
        .click();
      await page.getByRole("option", {name: /Ana/}).or(page.getByLabel(/^Ana/)).first().click();
      await page.waitForFunction(() => location.search.includes("owner=Ana"));
      await page.keyboard.press("Escape");
      await expect.poll(answer).not.toBe(before);
      const link = page.locator("#observablehq-sidebar a", {hasText: "Conversion"});
      await expect(link.getAttribute("href")).resolves.toContain("owner=Ana");
      await page.goBack();
      await page.waitForFunction(() => !location.search.includes("owner"));
      await expect.poll(answer).toBe(before);
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test("an unknown value in the address is ignored with a note", async () => {
      const {page} = await visit(browser(), `${site().server.url}pipeline?region=Atlantis`);
      await expect(page.locator(".weir-filters-note").textContent()).resolves.toMatch(/Atlantis/);
      await page.context().close();
    });

    test("a filter that leaves nothing says so and what to do", async () => {
      const query = new URLSearchParams({region: "North", owner: OWNER});
      const {page, problems} = await visit(browser(), `${site().server.url}pipeline?${query}`);
      await expect(page.locator(".weir-empty").first().textContent()).resolves.toMatch(
        /No deal is open.*Clear a filter/s
      );
      expect(problems).toEqual([]);
      await page.context().close();
    });
  });

  describe("figures", () => {
    test("open the deals behind them, which sum to the figure; Escape closes", async () => {
      const {page, problems} = await visit(browser(), `${site().server.url}pipeline`);
      await page.getByRole("button", {name: /behind Open pipeline/}).click();
      const panel = page.getByRole("dialog");
      await panel.waitFor();
      const [row] = await withWarehouse(
        (engine) =>
          engine.rows(
            "select sum(open_amount)::varchar as open, count(*)::integer as n from marts.deals where outcome = 'open'"
          ),
        site().paths.warehouse
      );
      const text = (await panel.innerText()).replaceAll(/[\s\u202f\u00a0]/g, "");
      expect(text).toContain(String(row!["open"]).replace(/\.00$/, ""));
      expect(text).toContain("Epsilon");
      expect(text).not.toMatch(/doesnotaddup/i);
      await page.keyboard.press("Escape");
      await expect(panel.count()).resolves.toBe(0);
      await page.getByRole("button", {name: /behind Weighted pipeline/}).click();
      await panel.waitFor();
      await expect(panel.innerText()).resolves.toMatch(/(they add up|it comes) to .+, the figure shown/);
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test("say how they are computed: formula and query", async () => {
      const {page} = await visit(browser(), `${site().server.url}conversion`);
      const how = page.locator(".weir-kpi", {hasText: "Win rate"}).first().locator("details");
      await how.locator("summary").click();
      await expect(how.innerText()).resolves.toMatch(/Won \/ \(won \+ lost\)[\s\S]*select/i);
      await page.context().close();
    });

    test("that the exports cannot give are not 0 but 'not enough data', with the reason", async () => {
      const {page} = await visit(browser(), `${site().server.url}?product=Basic`);
      const coverage = page.locator(".weir-kpi", {hasText: "Coverage"});
      await expect(coverage.innerText()).resolves.toMatch(
        /Not enough data[\s\S]*Quotas are not known by product/
      );
      await page.context().close();
    });

    test("a deal links to its record in the CRM, and nowhere else", async () => {
      const {page} = await visit(browser(), `${site().server.url}pipeline`);
      const links = page.locator(".weir-table a[href^='http']");
      expect(await links.count()).toBeGreaterThan(0);
      for (const href of await links.evaluateAll((all) =>
        all.map((each) => (each as HTMLAnchorElement).href)
      ))
        expect(href).toMatch(/^https:\/\/crm\.example\.com\/deal\/D\d$/);
      await page.context().close();
    });
  });

  describe("charts", () => {
    test("show their data as a table and have a name for screen readers", async () => {
      const {page} = await visit(browser(), `${site().server.url}conversion`);
      const figure = page.locator("figure", {has: page.locator("svg[role=img][aria-label^='What became']")});
      await figure.getByRole("button", {name: "Show data"}).click();
      await expect(figure.getByRole("table").innerText()).resolves.toMatch(/Qualify[\s\S]*Propose/);
      await page.context().close();
    });
  });

  describe("Explore", () => {
    test("answers off the main thread what is asked, keeps it in the address, and lists the rows behind it", async () => {
      const {page, problems} = await visit(browser(), `${site().server.url}explore?by=region`);
      const [row] = await withWarehouse(
        (engine) =>
          engine.rows<{n: number}>(
            "select count(*)::integer as n from marts.deals where outcome = 'won' and region = 'South'"
          ),
        site().paths.warehouse
      );
      await page.locator('[data-field="measure"]').selectOption("count");
      await page.waitForFunction(() => location.search === "?by=region&measure=count");
      await page.locator('[data-field="across"]').selectOption("outcome");
      const south = page.locator(".weir-grid tr", {hasText: "South"}).first();
      await expect.poll(() => south.textContent()).toContain(String(row!.n));
      await page.locator('[data-field="further"]').selectOption("outcome");
      await page.locator(".weir-choice", {hasText: "won"}).click();
      await page.locator(".weir-choice", {hasText: "lost"}).click();
      await expect.poll(() => new URL(page.url()).searchParams.getAll("outcome")).toEqual(["won", "lost"]);
      await page.locator(".weir-choice", {hasText: "lost"}).locator("input").press("Space");
      await expect.poll(() => new URL(page.url()).searchParams.getAll("outcome")).toEqual(["won"]);
      await page.goto(`${site().server.url}explore?by=region&measure=count&region=South&outcome=won`);
      await expect.poll(() => page.locator(".weir-answer-text").textContent()).toContain(`${row!.n} of `);
      await page.locator(".weir-explore-rows summary").click();
      await expect(
        page.locator(".weir-explore-rows .weir-table-status").first().textContent()
      ).resolves.toContain(`${row!.n} row`);
      await page.locator('[data-field="table"]').selectOption("stages");
      await expect.poll(() => page.locator(".weir-answer-text").textContent()).toContain("Amount on entry");
      expect(problems).toEqual([]);
      await page.context().close();
    });
  });

  test("a deal's life opens from the table, has an address of its own, and back closes it and gives the keyboard its place again", async () => {
    const {page, problems} = await visit(browser(), `${site().server.url}deals`);
    const life = page.locator("section.weir-deal");
    const first = page.locator(".weir-grid tbody button").first();
    const name = await first.innerText();
    await first.press("Enter");
    await expect.poll(() => life.locator("h2").first().innerText()).toBe(name);
    const link = page.url();
    expect(new URL(link).searchParams.get("deal")).toMatch(/^D\d$/);
    await page.goBack();
    await expect.poll(() => life.count()).toBe(0);
    await expect.poll(() => first.evaluate((button) => button === document.activeElement)).toBe(true);
    const shared = await visit(browser(), link);
    expect(await shared.page.locator("section.weir-deal figure svg").count()).toBeGreaterThan(0);
    expect(await shared.page.locator("section.weir-deal h2").first().innerText()).toBe(name);
    const unknown = await visit(browser(), `${site().server.url}deals?deal=nobody`);
    expect(await unknown.page.locator("section.weir-deal").innerText()).toContain(
      "nobody is not on this page"
    );
    expect([...problems, ...shared.problems, ...unknown.problems]).toEqual([]);
    for (const tab of [page, shared.page, unknown.page]) await tab.context().close();
  });

  test("the Playbook's figures are found by any of their words; subjects without a match are hidden", async () => {
    const {page, problems} = await visit(browser(), `${site().server.url}playbook`);
    const open = page.locator(".weir-glossary-subject[open]");
    expect(await open.count()).toBe(0);
    await page.getByLabel("Search the figures").fill("pinball");
    await page.locator("dt", {hasText: "CRPS"}).waitFor();
    expect(await page.locator(".weir-glossary dt:visible").allTextContents()).toEqual([
      "Error of the whole distribution (CRPS)"
    ]);
    expect(await page.locator("summary h3:visible").allTextContents()).toEqual(["The forecast"]);
    await page.getByLabel("Search the figures").fill("no such word");
    await page.getByText("No figure has all of these words").waitFor();
    await page.getByLabel("Search the figures").fill("");
    expect(await open.count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });
}
