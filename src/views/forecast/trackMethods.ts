/** The methods of the Track record compared: skill, every score, and which of them the shown forecast was. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {RangeRows} from "../../components/charts/rangeRows.js";
import {DataTable} from "../../components/dataTable.js";
import {capitalised, count, percent} from "../../components/format.js";
import type {MethodScore} from "../../slices/forecast.js";
import type {TrackRecordData} from "../../slices/trackRecord.js";
import {verdictWords} from "./words.js";

const FIRST_KIND = "rest of the quarter";

/** Skill of every method for the chosen window against the best naive one; ties and losses called so. */
export function SkillByMethod(
  {scores}: TrackRecordData,
  {of}: Readonly<Record<string, string>>
): HTMLElement {
  const here = scores
    .filter(({kind, skill}) => kind === of && skill !== null)
    .sort((a, b) => b.skill! - a.skill!);
  const naive =
    scores.find(({kind, verdict}) => kind === of && verdict === "reference")?.method ?? "naive method";
  const rows = here
    .filter(({skillLow}) => skillLow! > -1)
    .map((score) => ({
      method: capitalised(score.method),
      skill: score.skill!,
      lo: score.skillLow!,
      hi: score.skillHigh!,
      verdict: verdictWords(score.verdict)
    }));
  const left = here.length - rows.length;
  return Chart({
    title: "Which methods beat the best naive one?",
    subtitle: `${capitalised(of!)}: skill (less error than “${naive}”); above 0 is better. Line: 90% interval by block bootstrap over weeks; if it includes 0, it is a tie`,
    rows,
    columns: [
      {key: "method", label: "Method", unit: "text"},
      {key: "verdict", label: "Verdict", unit: "text"},
      {key: "skill", label: "Skill", unit: "ratio"},
      {key: "lo", label: "90% from", unit: "ratio"},
      {key: "hi", label: "90% to", unit: "ratio"}
    ],
    name: "track-record-skill",
    note: `Every method is compared on the days that it and the naive one both answered. Which of many came out best is partly luck, and known only now: the shown forecast went by the results known on each day.${
      left > 0
        ? ` ${count(left)} more ${left === 1 ? "method is" : "methods are"} far worse and not drawn; the table below lists all.`
        : ""
    }`,
    empty: {
      reason: "Too few results to compare with a naive method.",
      action: "Come back when more windows have ended."
    },
    render: (width) =>
      RangeRows({
        rows: rows.map(({method, skill, lo, hi, verdict}) => ({
          label: method,
          value: skill,
          lo,
          hi,
          mark: 0,
          isThin: verdict === "a tie",
          said: [verdict]
        })),
        width,
        meaning: "forecast",
        unit: "ratio",
        words: {value: "skill (hollow: a tie)", range: "90% interval", mark: "as good as the naive one"}
      })
  });
}

/** Every method at every horizon. */
export function Methods({scores, kinds}: TrackRecordData): HTMLElement {
  const order = [...new Set([FIRST_KIND, ...kinds])];
  const rows = scores
    .filter(({crps}) => crps !== null)
    .map((score) => ({
      ...score,
      method: capitalised(score.method),
      kind: capitalised(score.kind),
      interval: skillWords(score),
      verdict: verdictWords(score.verdict)
    }))
    .sort(
      (a, b) => order.indexOf(a.kind.toLowerCase()) - order.indexOf(b.kind.toLowerCase()) || a.crps! - b.crps!
    );
  const table = DataTable(
    rows,
    [
      {key: "method", label: "Method", unit: "text"},
      {key: "verdict", label: "Against the best naive one", unit: "text"},
      {key: "kind", label: "Forecast of", unit: "text"},
      {key: "n", label: "Times asked", unit: "count"},
      {key: "wape", label: "Error (WAPE)", unit: "ratio"},
      {key: "bias", label: "Bias", unit: "ratio"},
      {key: "mase", label: "MASE", unit: "multiple", missing: "cannot be compared"},
      {key: "crps", label: "CRPS", unit: "ratio"},
      {key: "coverage50", label: "50% held", unit: "ratio"},
      {key: "coverage80", label: "80% held", unit: "ratio"},
      {key: "coverage95", label: "95% held", unit: "ratio"},
      {key: "interval", label: "Skill (90% interval)", unit: "text", missing: ""}
    ],
    {
      caption: "Every method at every horizon, every past week with only what was known then",
      showCaption: true,
      pageSize: 14
    }
  );
  return html`<div>${table}<p class="weir-chart-note">Errors and bands are of the days that a method answered itself, fewer for those that need a year of history or more;
    skill is of the days that it shares with the best naive one.</p></div>`;
}

function skillWords({skill, skillLow, skillHigh}: MethodScore): string | null {
  if (skill === null || skillLow === null || skillHigh === null) return null;
  return `${percent(skill)} (${percent(skillLow)} to ${percent(skillHigh)})`;
}

/** Which rule the shown forecast followed, and since when. */
export function FollowedRules({followed}: TrackRecordData): HTMLElement {
  const rows = followed.map(({kind, method, n, lastOn}) => ({
    kind: capitalised(kind),
    method: capitalised(method),
    n,
    lastOn
  }));
  const table = DataTable(
    rows,
    [
      {key: "kind", label: "Forecast of", unit: "text"},
      {key: "method", label: "Followed", unit: "text"},
      {key: "n", label: "Times", unit: "count"},
      {key: "lastOn", label: "Last on", unit: "date"}
    ],
    {caption: "Which method the forecast followed", showCaption: true, pageSize: 10, search: false}
  );
  return html`<div>${table}<p class="weir-chart-note">The rule is fixed: a weighted mean of the methods with the smallest past errors (combination); the more years of
    errors there are, the more they decide. Where the deal model or a naive method alone has done clearly better so far, the forecast follows it. Only results known on the day count.</p></div>`;
}
