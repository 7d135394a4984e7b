/** How you compare: one partner beside its peers, of whom no more is said than nobody can be worked out from. */
import {html} from "htl";
import type {Content} from "../components/answer.js";
import {Chart} from "../components/chart.js";
import {type StandRow, StandRows} from "../components/charts/standRows.js";
import {DataTable} from "../components/dataTable.js";
import {Empty} from "../components/empty.js";
import {count, date, formatValue} from "../components/format.js";
import {Picks, type PicksElement} from "../components/picks.js";
import {
  type CompareData,
  type ComparedMeasure,
  type ComparedPartner,
  isLargeEnough
} from "../slices/partners/compare/comparePeers.js";
import {RULES} from "../slices/partners/compare/disclosure.js";
import {COMPARED} from "../slices/partners/compare/measures.js";
import {type SaidVerdict, saidVerdict} from "../slices/partners/saidVerdict.js";
import {FEW_TRIALS, SURE} from "../slices/shrunkenRates.js";
import type {SiteData} from "../slices/site.js";
import {definitionOf} from "./metricKpi.js";
import type {PageContext} from "./pageContext.js";
import {pointer} from "./pageLinks.js";
import {noPartners} from "./partners.js";
import {compareRecordWords, figureRecordWords} from "./verdictRecord.js";
import {isPartOfFirm} from "./wholeFirm.js";

const PARTNER = "partner";
const AND = new Intl.ListFormat("en-GB", {type: "conjunction"});

/** The page's title: a partner asks of itself, its manager what it is told. */
export function compareQuestion(site: SiteData): string {
  return isPartOfFirm(site)
    ? "How do you compare with partners like you?"
    : "What is a partner told of its peers?";
}

/** Whose page it is: a choice among all partners in the firm's own site, none in a partner's. */
export function PartnerPick(site: SiteData, data: CompareData | null): PicksElement {
  const partners = isPartOfFirm(site) ? [] : (data?.partners ?? []);
  const named = new Map<string, number>();
  for (const {partner} of partners) named.set(partner, (named.get(partner) ?? 0) + 1);
  const values = [...partners]
    .sort((a, b) => (a.partner < b.partner ? -1 : 1))
    .map(({partnerId, partner}) => ({
      value: partnerId,
      // One name under two ids is told two things, in a site of each.
      label: (named.get(partner) ?? 0) > 1 ? `${partner} (${partnerId})` : partner
    }));
  // First one with most to see.
  const most = [...partners].sort((a, b) => known(b) - known(a))[0];
  return Picks([{key: PARTNER, label: "Partner", values, initial: most?.partnerId ?? ""}], "Partner");
}

function known({measures}: ComparedPartner): number {
  return measures.filter(({peers, value}) => peers && value !== null).length * 1e6 + measures[0]!.n;
}

/** The partner that the page is of; null where there is nothing to compare. */
export function chosenPartner(
  data: CompareData | null,
  picked: Readonly<Record<string, string>>
): ComparedPartner | null {
  if (!data) return null;
  return data.partners.find(({partnerId}) => partnerId === picked[PARTNER]) ?? data.partners[0] ?? null;
}

/** One sentence: in what it is above and below its peers, and of how much it cannot be told. */
export function compareAnswer(site: SiteData, partner: ComparedPartner | null): Content | null {
  if (!partner) return null;
  const you = isPartOfFirm(site) ? "you are" : `${partner.partner} is`;
  if (!isLargeEnough(partner)) return tooFew(site, partner);
  if (!isTold(partner)) return notTold(site, partner);
  const {group, measures} = partner;
  const compared = measures.filter(({verdict}) => verdict !== null);
  const labels = (wanted: SaidVerdict) =>
    compared.filter((each) => saidVerdict(each) === wanted).map(({key}) => lower(COMPARED[key].label));
  const [above, below] = [labels("above"), labels("below")];
  const withheld = labels("withheld");
  const unsure = compared.length - above.length - below.length - withheld.length;
  const said = [
    ...(above.length > 0 ? [html`above in <strong>${AND.format(above)}</strong>`] : []),
    ...(above.length > 0 && below.length > 0 ? [" and "] : []),
    ...(below.length > 0 ? [html`below in <strong>${AND.format(below)}</strong>`] : [])
  ];
  const among = `${count(group.n)} ${group.words}`;
  if (compared.length === 0)
    return `Against ${among} there is nothing to compare: no record of ${isPartOfFirm(site) ? "yours" : partner.partner} lies behind the figures that may be told.`;
  const untold = `${AND.format(withheld)} no side is told: such verdicts were wrong too often where the truth is known.`;
  if (said.length === 0 && unsure === 0) return `Against ${among}: of ${untold}`;
  const besides = withheld.length > 0 ? ` Of ${untold}` : "";
  if (said.length === 0)
    return `Against ${among} it cannot be told ${compared.length === 1 ? `of ${lower(COMPARED[compared[0]!.key].label)}, the one figure there is to compare,` : `of ${withheld.length > 0 ? "" : "any of "}${count(unsure)} ${unsure === 1 ? "figure" : "figures"}`} that ${you} above or below: too little lies behind, or it is alike.${besides}`;
  return [
    `Against ${among}, ${you} `,
    ...said,
    unsure > 0
      ? `; of ${count(unsure)} other ${unsure === 1 ? "figure" : "figures"} it cannot be told.`
      : ".",
    besides
  ];
}

function tooFew(site: SiteData, {group}: ComparedPartner): string {
  const of = isPartOfFirm(site) ? "Your group" : "Its group";
  return `${of} (${group.words}) has ${count(group.n)} ${group.n === 1 ? "partner" : "partners"}: too few to compare without telling who they are. At least ${count(RULES.least)} are needed.`;
}

/** Whether any figure of the group may be told. */
function isTold({measures}: ComparedPartner): boolean {
  return measures.some(({peers}) => peers !== null);
}

function notTold(site: SiteData, {group}: ComparedPartner): string {
  const of = isPartOfFirm(site) ? "your" : "its";
  return `No figure of ${of} group (${count(group.n)} ${group.words}) may be told: each would tell of single partners.`;
}

/** Everything below the choice. */
export function ComparePage(
  context: PageContext,
  data: CompareData | null,
  partner: ComparedPartner | null
): HTMLElement {
  const {site} = context;
  if (!data || !partner)
    return Empty(
      isPartOfFirm(site)
        ? {
            reason:
              "There is nothing to compare: in the two years to the last whole quarter no deal of yours closed and no registration was decided."
          }
        : noPartners(site)
    );
  return html`<div class="weir-stack">
    ${Standing(context, data, partner)}
    ${Figures(context, partner)}
    ${Rules(context, data, partner)}
  </div>`;
}

function Standing(context: PageContext, data: CompareData, partner: ComparedPartner): HTMLElement {
  const {site} = context;
  const hasGroup = isTold(partner);
  const own = `${isPartOfFirm(site) ? "Your" : "Its"} own figures`;
  const alone = isLargeEnough(partner)
    ? `${own}: none of the group may be told`
    : `${own}: the group is too small to be told`;
  const rows = partner.measures.map((measure) => rowOf(measure, site.currency));
  return Chart({
    title: hasGroup ? "Each figure beside the middle half of the group" : alone,
    subtitle: `${hasGroup ? `${count(partner.group.n)} ${partner.group.words}` : partner.partner}, ${spanWords(data)}; each figure on its own scale`,
    rows: partner.measures.map((measure) => inWords(measure, site.currency)),
    columns: COLUMNS,
    name: "how-you-compare",
    how: definitionOf(context, "compare_peers"),
    note: [
      HOLLOW,
      ...(hasGroup ? [VERDICT] : []),
      ...(rows.some(({record}) => record) ? [compareRecordWords(partner.group.n)] : [])
    ].join(" "),
    render: (width) =>
      StandRows({
        rows,
        width,
        who: {own: isPartOfFirm(site) ? "you" : "partner", others: "group"},
        words: {
          value: isPartOfFirm(site) ? "you, as far as can be told" : "the partner, as far as can be told",
          range: "80% interval",
          band: "middle half of the group",
          median: "its middle"
        }
      })
  });
}

const HOLLOW = `A hollow dot has fewer than ${count(FEW_TRIALS)} records behind it.`;
const VERDICT = `A verdict stands only where the chance is ${formatValue(SURE, "ratio")} or more that the figure lies on that side of the group's middle.`;

function rowOf(measure: ComparedMeasure, currency: string): StandRow {
  const {label, unit} = COMPARED[measure.key];
  const verdict = saidVerdict(measure);
  return {
    ...{label, unit, currency},
    behind: behindWords(measure),
    value: measure.value,
    lo: measure.lo,
    hi: measure.hi,
    isThin: measure.n < FEW_TRIALS,
    band: measure.peers,
    verdict: verdictWords(measure),
    isSure: verdict === "above" || verdict === "below",
    ...(hasSide(measure) ? {record: `verdicts ${figureRecordWords(measure.key).replace(/:.*/, "")}`} : {})
  };
}

function behindWords({key, n}: ComparedMeasure): string {
  const {noun} = COMPARED[key];
  return n === 0 ? `no ${noun}` : `${count(n)} ${n === 1 ? noun.replace(/s$/, "") : noun}`;
}

/** Whether the record of such verdicts belongs beside this one: a side is told, or withheld for its record. */
function hasSide({verdict}: ComparedMeasure): boolean {
  return verdict === "above" || verdict === "below";
}

/** On which side of the group and whether that is good; what cannot be told says from how little. */
function verdictWords(measure: ComparedMeasure): string {
  const {key, n} = measure;
  const verdict = saidVerdict(measure);
  const {goodWhen} = COMPARED[key];
  if (n === 0) return "nothing to compare";
  if (verdict === null) return "group not told";
  if (verdict === "withheld") return "not told";
  if (verdict === "cannot be told")
    return `cannot be told from ${behindWords(measure).replace(/ \w+ /, " ")}`;
  if (goodWhen === null) return `${verdict} the group`;
  return `${verdict} the group: ${(verdict === "above") === (goodWhen === "up") ? "better" : "worse"}`;
}

const COLUMNS = [
  {key: "label", label: "Figure", unit: "text"},
  {key: "verdict", label: "Against the group", unit: "text"},
  {key: "record", label: "Such verdicts", unit: "text", missing: "none"},
  {key: "value", label: "As far as can be told", unit: "text", missing: "none"},
  {key: "between", label: "80% interval", unit: "text", missing: "none"},
  {key: "raw", label: "As counted", unit: "text", missing: "none"},
  {key: "behind", label: "Behind it", unit: "text"},
  {key: "median", label: "Group's middle", unit: "text", missing: "not told"},
  {key: "band", label: "Group's middle half", unit: "text", missing: "not told"},
  {key: "n", label: "Partners in it", unit: "count", missing: "not told"}
] as const satisfies readonly {
  key: keyof ReturnType<typeof inWords>;
  label: string;
  unit: string;
  missing?: string;
}[];

function inWords(measure: ComparedMeasure, currency: string) {
  const {key, raw, value, lo, hi, peers} = measure;
  const {label, unit} = COMPARED[key];
  const said = (figure: number) => formatValue(figure, unit, currency);
  const span = (from: number | null, to: number | null) =>
    from === null || to === null ? null : `${said(from)} to ${said(to)}`;
  return {
    label: label as string,
    verdict: verdictWords(measure),
    record: measure.verdict === null ? null : figureRecordWords(key),
    value: value === null ? null : said(value),
    between: span(lo, hi),
    raw: raw === null ? null : said(raw),
    behind: behindWords(measure),
    median: peers ? said(peers.median) : null,
    band: peers ? span(peers.lo, peers.hi) : null,
    n: peers?.n ?? null
  };
}

/** The same in a table, and what each figure is. */
function Figures(context: PageContext, {measures}: ComparedPartner): HTMLElement {
  const {currency} = context.site;
  return html`<section class="weir-stack">
    ${DataTable(
      measures.map((measure) => inWords(measure, currency)),
      COLUMNS,
      {caption: "The figures", showCaption: true, search: false, pageSize: 8}
    )}
    <details class="weir-glossary-subject"><summary><h3>What each figure is</h3></summary>
      <dl class="weir-glossary">${measures.map(({key}) => {
        const {formula, caveat} = definitionOf(context, `compare_${key}`);
        return html.fragment`<div>
          <dt>${COMPARED[key].label}</dt>
          <dd>${formula}</dd>
          ${caveat ? html`<dd class="weir-aside">${caveat}</dd>` : null}
        </div>`;
      })}</dl>
    </details>
  </section>`;
}

/** Who the peers are and what is not said of them, so that a reader knows what the others are told of him. */
function Rules({site}: PageContext, data: CompareData, partner: ComparedPartner): HTMLElement {
  const {group} = partner;
  return html`<section>
    <h2 class="weir-chart-title">Who the peers are, and what is not told of them</h2>
    <ul>
      <li>The group is ${count(group.n)} ${group.words}, ${isPartOfFirm(site) ? "you" : "the partner"} among them. Each partner is in one group, and all sites that are made together tell the same of it.</li>
      <li>It is told of ${spanWords(data)}, and moves on when the next quarter is over; a corrected deal, a decided match or another tier changes it before.</li>
      <li>A figure of the group is told where at least ${count(RULES.least)} partners have something to count (${count(RULES.least - 1)} besides a reader), none has more than half of it, what the two largest leave is at least a fifth of the largest, neither outcome is so rare that all would be known to be alike, and the group's middle half spans at least ${formatValue(RULES.apart, "ratio")} of its middle (of a share, of the larger of both outcomes), also without the partner farthest from it, for of partners that are all alike each one's figure would be known.</li>
      <li>Told are the middle and the middle half of a distribution that is fitted to the group, in round figures: no partner's own value, no highest, no lowest, no sum, no rank.</li>
      <li>Counted are deals that are a partner's by the CRM, by an id that the portal states or by a decision, not those that only names were matched of.</li>
    </ul>
    <p>${
      isPartOfFirm(site)
        ? pointer(site, "Your deals one by one, to count again: ", "deals", "Deals")
        : pointer(site, "All partners by name: ", "partner-benchmark", "Partner benchmark")
    }</p>
  </section>`;
}

function spanWords({from, to}: Pick<CompareData, "from" | "to">): string {
  return `the two years from ${date(from)} to ${date(to)}`;
}

function lower(label: string): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}
