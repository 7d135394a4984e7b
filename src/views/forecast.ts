/** The Forecast: what this quarter will come to, how sure that is, and how often the same forecast was right before. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {BarRows} from "../components/charts/barRows.js";
import {Intervals} from "../components/charts/intervals.js";
import {DataTable} from "../components/dataTable.js";
import {Empty} from "../components/empty.js";
import {count, date, money, percent} from "../components/format.js";
import type {HowProps} from "../components/how.js";
import {Kpi, kpiRow} from "../components/kpi.js";
import {colour} from "../components/palette.js";
import {PlainTable} from "../components/plainTable.js";
import type {ForecastData, Held, MethodScore, QuarterForecast} from "../slices/forecast.js";
import type {SiteData} from "../slices/site.js";

/** How the shown forecast is made, for its "how" panels. */
export const FORECAST_HOW: HowProps = {
  label: "Forecast",
  formula:
    "The shown forecast is a weighted mean of the methods in the table below, weights from their past errors; where the deal model or a naive method alone has erred clearly less so far, it is that method. Intervals are as wide as past errors say they must be.",
  unit: "money",
  caveat:
    "Every past forecast was made anew with only what was known on its day. Attributes that exports keep no history of (region, product, source) are taken as they are now."
};

/** One sentence: what to expect, how sure, against target, and how often such a band held. */
export function forecastAnswer({quarters, reason, currency}: ForecastData): Content | null {
  const now = quarters[0];
  if (!now) return reason;
  const {label, mean, low80, high80, target, targetChance, held} = now;
  const strong = (value: number) => html`<strong>${money(value, currency)}</strong>`;
  const parts: (string | Node)[] = [
    `${label}: expect `,
    strong(mean),
    `, 80% band ${money(low80, currency)} to ${money(high80, currency)}`
  ];
  if (target !== null && targetChance !== null)
    parts.push(
      "; ",
      html`<strong>${chanceWords(targetChance)}</strong>`,
      ` to reach the target of ${money(target, currency)}`
    );
  parts.push(`. ${heldWords(held, now)}`);
  return parts;
}

/** "At this point of past quarters the 80% band held 10 of 12 times." */
function heldWords({n, inside80}: Held, {past}: QuarterForecast): string {
  if (n < 3) return "There are too few past quarters to say how often such a band holds.";
  const first = past[0]!.label;
  return `Asked at the same point of each quarter since ${first}, the band held ${count(inside80)} of ${count(n)} times.`;
}

/** A chance as words; beyond 97% a forecast claims no more precision. */
export function chanceWords(chance: number): string {
  if (chance <= 0.025) return "less than 3% likely";
  if (chance >= 0.975) return "more than 97% likely";
  return `${percent(chance)} likely`;
}

/** The headline: this quarter, the next, the chance of the target, and how often the band was right. */
export function forecastKpis({quarters, held, currency}: ForecastData): HTMLElement {
  const [now, next] = quarters;
  if (!now) return html`<div></div>`;
  const banded = (quarter: QuarterForecast) =>
    Kpi({
      label: `${quarter.label}, expected`,
      value: quarter.mean,
      unit: "money",
      currency,
      note: `80% band ${money(quarter.low80, currency)} to ${money(quarter.high80, currency)}`,
      how: FORECAST_HOW
    });
  const cards: Node[] = [banded(now)];
  cards.push(
    Kpi({
      label: now.target === null ? "Target" : `Chance to reach ${money(now.target, currency)}`,
      value: now.targetChance,
      unit: "ratio",
      reason: "No quota covers this quarter."
    })
  );
  if (next) cards.push(banded(next));
  cards.push(
    Kpi({
      label: "80% bands that held",
      value: held.n > 0 ? held.inside80 / held.n : null,
      unit: "ratio",
      n: held.n > 0 ? held.n : null,
      nLabel: "past forecasts",
      reason: "No forecast has an outcome yet."
    })
  );
  return kpiRow(cards);
}

/** What was forecast at this point of past quarters, what came, and this quarter and the next. */
export function TrackRecord({quarters, currency}: ForecastData): HTMLElement {
  const [now, next] = quarters;
  if (!now) return html`<div></div>`;
  const rows = [
    ...now.past.map((past) => ({...past, target: null as number | null})),
    ...[now, ...(next ? [next] : [])].map((quarter) => ({...quarter, actual: null, askedOn: ""}))
  ];
  const {held} = now;
  return Chart({
    title:
      held.n >= 3
        ? `The 80% band was right ${count(held.inside80)} of ${count(held.n)} times at this point of the quarter`
        : "What we expect, with its certainty",
    subtitle: `Won in the quarter, ${currency}. Bands: 50, 80 and 95%, as forecast with only what was known then; dot: what came, cross: outside the 80% band; dashes: target`,
    rows: rows.map(({label, askedOn, mean, low80, high80, actual}) => ({
      label,
      askedOn: askedOn || null,
      mean,
      low80,
      high80,
      actual
    })),
    columns: [
      {key: "label", label: "Quarter", unit: "text"},
      {key: "askedOn", label: "Asked on", unit: "date", missing: "today"},
      {key: "mean", label: "Expected", unit: "money", currency},
      {key: "low80", label: "80% from", unit: "money", currency},
      {key: "high80", label: "80% to", unit: "money", currency},
      {key: "actual", label: "Won", unit: "money", currency, missing: "not over"}
    ],
    name: "forecast-track-record",
    how: FORECAST_HOW,
    ...(held.n >= 3
      ? {
          note: `Of ${count(held.n)} quarters, ${count(held.inside50)} came inside the 50% band, ${count(held.inside80)} inside the 80% band and ${count(held.inside95)} inside the 95% band.${next ? ` Next quarter's band, asked as early as now, held ${count(next.held.inside80)} of ${count(next.held.n)} times.` : ""}`
        }
      : {}),
    render: (width) => Intervals({rows, width, unit: "money", currency})
  });
}

/** What this quarter is made of, by the deal model. */
export function MadeOf({quarters, currency}: ForecastData): HTMLElement {
  const now = quarters[0];
  if (!now || now.parts.length === 0) return html`<div></div>`;
  const total = now.parts.reduce((sum, {value}) => sum + value, 0);
  const rows = now.parts.map(({what, kind, value, n}) => ({label: what, key: kind, value, n}));
  return Chart({
    title: "What it is made of",
    subtitle: `Expected won in ${now.label} by the model of single deals, which sums to ${money(total, currency)} before its past bias is taken out`,
    rows,
    columns: [
      {key: "label", label: "Part", unit: "text"},
      {key: "value", label: "Expected", unit: "money", currency, total: true},
      {key: "n", label: "Open deals", unit: "count", missing: ""}
    ],
    name: "forecast-parts",
    render: (width) =>
      BarRows({
        rows,
        width,
        unit: "money",
        currency,
        order: "given",
        keys: ["won", "open", "new"],
        colours: [colour("won"), colour("open"), colour("forecast")]
      })
  });
}

/** What other ways of forecasting say of this quarter, and how far off they usually are. */
export function OtherMethods({quarters, currency}: ForecastData): HTMLElement {
  const now = quarters[0];
  if (!now) return html`<div></div>`;
  const rows = now.others.map(({method, mean, wape}) => ({
    method: `${sentence(method)}${method === now.method ? " (shown)" : ""}`,
    said: money(mean, currency),
    wape
  }));
  return PlainTable(
    rows,
    [
      {key: "method", label: "Method", unit: "text"},
      {key: "said", label: now.label, unit: "text"},
      {key: "wape", label: "Usual error", unit: "ratio"}
    ],
    {caption: `What each method says of ${now.label}, least usual error first`}
  );
}

/** Every method in the backtest of what is still to come in a quarter; ties are called ties. */
export function Methods({scores}: ForecastData): HTMLElement {
  const kinds = [...new Set(["rest of the quarter", ...scores.map(({kind}) => kind)])];
  const rows = scores
    .filter(({crps}) => crps !== null)
    .map((score) => ({
      ...score,
      method: sentence(score.method),
      kind: sentence(score.kind),
      interval: skillWords(score),
      verdict: verdictWords(score)
    }))
    .sort(
      (a, b) => kinds.indexOf(a.kind.toLowerCase()) - kinds.indexOf(b.kind.toLowerCase()) || a.crps! - b.crps!
    );
  return DataTable(
    rows,
    [
      {key: "method", label: "Method", unit: "text"},
      {key: "verdict", label: "Against the best naive one", unit: "text"},
      {key: "kind", label: "Asked for", unit: "text"},
      {key: "wape", label: "Error (WAPE)", unit: "ratio"},
      {key: "bias", label: "Bias", unit: "ratio"},
      {key: "crps", label: "CRPS", unit: "ratio"},
      {key: "coverage80", label: "80% held", unit: "ratio"},
      {key: "coverage95", label: "95% held", unit: "ratio"},
      {key: "interval", label: "Skill (90% interval)", unit: "text", missing: ""},
      {key: "n", label: "Forecasts", unit: "count"}
    ],
    {
      caption: "How good each method was: every past week asked with only what was known then",
      showCaption: true,
      pageSize: 14
    }
  );
}

function skillWords({skill, skillLow, skillHigh}: MethodScore): string | null {
  if (skill === null || skillLow === null || skillHigh === null) return null;
  return `${percent(skill)} (${percent(skillLow)} to ${percent(skillHigh)})`;
}

function verdictWords({verdict}: MethodScore): string {
  const words: Record<string, string> = {
    better: "better",
    worse: "worse",
    tie: "a tie",
    reference: "the best naive method",
    "not comparable": "cannot be compared"
  };
  return words[verdict] ?? verdict;
}

/** Where the shown forecast does not beat a naive method, said plainly. */
export function Verdict({scores, fitted, withheld}: ForecastData): HTMLElement {
  const shown = scores.filter(({method}) => method === "shown forecast");
  const list = (verdict: string) => shown.filter((score) => score.verdict === verdict).map(({kind}) => kind);
  const says: string[] = [];
  const [better, tie, worse] = [list("better"), list("tie"), list("worse")];
  if (better.length > 0) says.push(`The shown forecast beats the best naive method for ${joined(better)}.`);
  if (tie.length > 0) says.push(`For ${joined(tie)} the two cannot be told apart: a tie.`);
  if (worse.length > 0)
    says.push(`For ${joined(worse)} the naive method was better; take the band there with care.`);
  if (fitted)
    says.push(
      `The deal model was fitted on ${count(fitted.nDeals)} deals, ${count(fitted.nWon)} of them won.`
    );
  if (withheld.length > 0)
    says.push(`Not used, because filled in only once a deal has closed: ${withheld.join(", ")}.`);
  return html`<p class="weir-chart-note">${says.join(" ")}</p>`;
}

/** Open deals with their chances and the reasons for them. */
export function DealScores(site: SiteData, {deals, quarters, currency}: ForecastData): HTMLElement {
  if (deals.length === 0)
    return Empty({
      reason: "No open deal can be scored.",
      action: "Scores need at least ten won deals in the exports."
    });
  const label = quarters[0]?.label ?? "the quarter";
  const link = ({deal_id}: {deal_id: string}) =>
    site.dealUrl?.replace("{id}", encodeURIComponent(deal_id)) ?? null;
  return DataTable(
    deals,
    [
      {key: "deal_name", label: "Deal", unit: "text", ...(site.dealUrl ? {link} : {})},
      {key: "p_quarter", label: `Won in ${label}`, unit: "ratio"},
      {key: "amount", label: "Amount", unit: "money", currency, total: true, missing: "none stated"},
      {key: "expected", label: "Expected", unit: "money", currency, total: true},
      {key: "why", label: "Why, against the average open deal", unit: "text"},
      {key: "doubt", label: "Hard to believe", unit: "text", missing: ""},
      {key: "p_half_year", label: "Won in 26 weeks", unit: "ratio"},
      {key: "p_lost", label: "Lost in 26 weeks", unit: "ratio"},
      {key: "stage", label: "Stage", unit: "text"},
      {key: "close_on", label: "Close date", unit: "date"},
      {key: "owner", label: "Owner", unit: "text"}
    ],
    {caption: "Open deals: chance, expected amount, and why", showCaption: true, pageSize: 14}
  );
}

/** "as of 22 May 2026" for the page's head. */
export function asOfWords({asOf}: ForecastData): string {
  return `As of ${date(asOf)}; days up to then are counted as they were.`;
}

function joined(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
