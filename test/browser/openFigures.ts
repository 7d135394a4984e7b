/** What is asked of every headline figure of a page: its definition, and a panel with the records that come to it. */
import type {Locator} from "playwright-core";
import type {Visit} from "./visit.ts";

/** Figures of no list of records: of all past days asked, whose page is linked, and how those were asked. */
const OF_NO_RECORDS = ["How often 80% bands held", "How far past chances were off", "Backtest"];

/** What is broken is listed; of rules that were all met nothing is. */
const ALL_MET = "Rules met when deals moved, 100%";

/** What pages say of themselves of the whole: how often it was right, day by day. */
const PAGES_OF_DAYS = /\/(track-record|why-it-moved|what-if|compare|resources)(\?|$)/;

/** What is wrong with a page's headline figures, nothing if nothing is. Each panel is opened and closed with the keyboard. */
export async function unopened({page, settle}: Visit): Promise<string[]> {
  const wrong: string[] = [];
  for (const card of await page.locator(".weir-kpi").all()) {
    const label = (await card.getAttribute("aria-label"))!;
    const value = await textOf(card.locator(".weir-kpi-value"));
    if ((await card.locator(".weir-how").count()) === 0) wrong.push(`${label}: no definition`);
    const opener = card.locator(".weir-kpi-foot button.weir-textlink");
    if ((await opener.count()) === 0) {
      const isKnown = value !== null && /[1-9]/.test(value);
      if (`${label}, ${value}` === ALL_MET) continue;
      if (isKnown && !OF_NO_RECORDS.includes(label) && !PAGES_OF_DAYS.test(page.url()))
        wrong.push(`${label}, ${value}: lists nothing`);
      continue;
    }
    await opener.press("Enter");
    const panel = page.getByRole("dialog");
    await panel.waitFor();
    const sum = (await panel.locator(".weir-panel-sum").innerText()).replaceAll(/\s+/g, " ");
    if (!/they add up to .+, the figure shown|behind this figure|together the figure shown/.test(sum))
      wrong.push(`${label}, ${value}: ${sum}`);
    if ((await panel.locator(".weir-how").count()) !== 1) wrong.push(`${label}: no definition in its panel`);
    if (!new URL(page.url()).searchParams.has("figure")) wrong.push(`${label}: no link`);
    if ((await panel.getByRole("button", {name: /Download CSV/}).count()) === 0)
      wrong.push(`${label}: no CSV`);
    await page.keyboard.press("Escape");
    await panel.waitFor({state: "detached"});
    await page.waitForFunction(() => !location.search.includes("figure="));
  }
  await settle();
  return wrong;
}

async function textOf(part: Locator): Promise<string | null> {
  return (await part.count()) === 0 ? null : part.first().innerText();
}
