/** What is asked of every headline figure of a page: its definition, and a panel with the records that come to it. */
import {readFileSync} from "node:fs";
import type {Locator} from "playwright-core";
import {parseCsv} from "../publish/plantCanaries.ts";
import type {Visit} from "./visit.ts";

/** Figures of no list of records: of all past days asked, whose page is linked, and how those were asked. */
const OF_NO_RECORDS = ["How often 80% bands held", "How far past chances were off", "Backtest"];

/** What is broken is listed; of rules that were all met nothing is. */
const ALL_MET = "Rules met when deals moved, 100%";

/** Pages whose figures are of no list: of all past days (Track record, Why it moved), of a plan, or of two slices at once. */
const PAGES_OF_NO_LIST = /\/(track-record|why-it-moved|what-if|compare|resources)(\?|$)/;

/** Totals that are of two columns: what is won less what it cost. */
const OF_TWO_COLUMNS = ["Return when open deals have ended"];

/** Figures that must have opened on a page, "" being the index, of either firm: one that lost its cards fails. */
const LEAST: Readonly<Record<string, number>> = {
  ...{
    "": 3,
    "bad-data": 2,
    conformance: 2,
    conversion: 3,
    coverage: 3,
    "deal-scores": 2,
    flow: 2,
    forecast: 2
  },
  ...{health: 2, marketing: 2, movement: 2, partners: 3, people: 3, pipeline: 3, products: 3, velocity: 3}
};

/** What is wrong with a page's headline figures, nothing if nothing is. Each panel is opened and closed with the keyboard. */
export async function unopened({page, settle}: Visit): Promise<string[]> {
  const wrong: string[] = [];
  let nOpened = 0;
  for (const card of await page.locator(".weir-kpi").all()) {
    const label = (await card.getAttribute("aria-label"))!;
    const value = await textOf(card.locator(".weir-kpi-value"));
    if ((await card.locator(".weir-how").count()) === 0) wrong.push(`${label}: no definition`);
    const opener = card.locator(".weir-kpi-foot button.weir-textlink");
    if ((await opener.count()) === 0) {
      const isKnown = value !== null && /[1-9]/.test(value);
      if (`${label}, ${value}` === ALL_MET) continue;
      if (isKnown && !OF_NO_RECORDS.includes(label) && !PAGES_OF_NO_LIST.test(page.url()))
        wrong.push(`${label}, ${value}: lists nothing`);
      continue;
    }
    await opener.press("Enter");
    const panel = page.getByRole("dialog");
    await panel.waitFor();
    nOpened++;
    const sum = (await panel.locator(".weir-panel-sum").innerText()).replaceAll(/\s+/g, " ");
    if (
      !/(they add up|it comes) to .+, the figure shown|behind this figure|together the figure shown/.test(sum)
    )
      wrong.push(`${label}, ${value}: ${sum}`);
    if ((await panel.locator(".weir-how").count()) !== 1) wrong.push(`${label}: no definition in its panel`);
    if (!new URL(page.url()).searchParams.has("figure")) wrong.push(`${label}: no link`);
    const csv = panel.getByRole("button", {name: /Download CSV/});
    if ((await csv.count()) === 0) {
      // A table without rows has nothing to load.
      if (!/^(0|No) /.test(sum)) wrong.push(`${label}: no CSV`);
    } else {
      const [download] = await Promise.all([page.waitForEvent("download"), csv.first().press("Enter")]);
      const fault = unsummed(sum, parseCsv(readFileSync(await download.path(), "utf8")));
      if (fault && !OF_TWO_COLUMNS.includes(label)) wrong.push(`${label}, ${value}: ${fault}`);
    }
    await page.keyboard.press("Escape");
    await panel.waitFor({state: "detached"});
    await page.waitForFunction(() => !location.search.includes("figure="));
  }
  await settle();
  const name = /\/([a-z-]*)(\?|#|$)/.exec(new URL(page.url()).pathname)?.[1] ?? "";
  const least = LEAST[name] ?? 0;
  if (nOpened < least) wrong.push(`${nOpened} figures opened, at least ${least} expected`);
  return wrong;
}

/** What a panel says of its rows that they themselves do not say; undefined when they agree. */
function unsummed(said: string, [header = [], ...rows]: string[][]): string | undefined {
  const [, n] = /^([\d,.\s]+) \p{L}/u.exec(said) ?? [];
  if (n !== undefined && digits(n) !== rows.length) return `"${said}", and ${rows.length} rows`;
  const [, added] = /(?:they add up|it comes) to \D*?([\d,.\s]+)/.exec(said) ?? [];
  if (added === undefined || digits(added) === rows.length) return undefined;
  const sums = header.map((_, i) => rows.reduce((sum, row) => sum + (Number(row[i]) || 0), 0));
  const figure = digits(added);
  // As it is printed: half of its last place.
  const [, places = ""] = /\.(\d+)/.exec(added) ?? [];
  return sums.some((sum) => Math.abs(sum - figure) <= 0.51 * 10 ** -places.length)
    ? undefined
    : `"${said}", and no column of its rows comes to ${figure}`;
}

/** "1,234.50 " as 1234.5: pages write English numbers, whatever stands between thousands. */
function digits(text: string): number {
  return Number(text.replaceAll(/[,\s\u202f]/g, "").replace(/\.$/, ""));
}

async function textOf(part: Locator): Promise<string | null> {
  return (await part.count()) === 0 ? null : part.first().innerText();
}
