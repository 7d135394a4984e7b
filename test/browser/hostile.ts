/** Text from a CRM is text: whatever a deal is called, nothing runs, nothing is asked of another origin. */
import {readFileSync} from "node:fs";
import {join} from "node:path";
import {type SmallWorkspace, smallWorkspace} from "../support/buildSmall.ts";
import type {Visit} from "./visit.ts";

/** Of deals, in the order of their ids. */
const DEALS = [
  "<img src=x onerror=alert(1)>",
  "<script>alert(2)</script>",
  '"><svg onload=alert(3)>',
  "javascript:alert(4)",
  "Epsilon, ${alert(5)}",
  "</script><script>alert(6)</script>",
  '=HYPERLINK("http://evil.example/","x")',
  "\u202Eтekst",
  "https://evil.example/x.png"
];

/** Who owns D5, and no open deal of the North. */
export const OWNER = "<script>alert(7)</script>";

/** The small workspace with such names in every place that has names; one owner, one product and one family keep theirs. */
export function hostileSmall(): SmallWorkspace {
  const small = smallWorkspace();
  const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
  const [header, ...lines] = readFileSync(join(small.dir, "deals.csv"), "utf8").trim().split("\n");
  const product = quoted('"><svg onload=alert(8)>');
  const named = lines.map((line, index) =>
    line
      .replace(/^(D\d),("(?:[^"]|"")*"|[^,]*),/, (_, id: string) => `${id},${quoted(DEALS[index]!)},`)
      .replace(/,Pro$/, () => `,${product}`)
  );
  small.write("deals.csv", `${[header, ...named].join("\n")}\n`);
  small.change("products.csv", "Pro,", `${product},`);
  small.change("products.csv", "Basic,Core", `Basic,${quoted('"><svg onload=alert(11)>')}`);
  small.change("accounts.csv", "Ådal Maskin", quoted("<img src=x onerror=alert(9)>"));
  small.change("people.csv", "Björn", quoted(OWNER));
  small.change("partners.csv", "Zeno", quoted("</script><script>alert(10)</script>"));
  return small;
}

/** Shows all that a page has to show, its first figure's deals too: links that lead where a name says, not the page. */
export async function hostileLinks({page, settle}: Visit): Promise<string[]> {
  await page
    .getByRole("button", {name: "Show data"})
    .evaluateAll((buttons) => buttons.forEach((button) => void (button as HTMLElement).click()));
  const opener = page.locator(".weir-kpi .weir-textlink").first();
  if ((await opener.count()) > 0) await opener.click();
  await settle();
  const hrefs = await page
    .locator("main a, dialog a")
    .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href));
  return hrefs.filter((href) => /^javascript:|evil/.test(href));
}
