/** The answer: a chart, the table it is drawn from, and the rows behind it. */
import {html} from "htl";
import {Chart} from "../../components/chart.js";
import {BarRows} from "../../components/charts/barRows.js";
import {Columns} from "../../components/charts/columns.js";
import {HeatGrid} from "../../components/charts/heatGrid.js";
import {Trend} from "../../components/charts/trend.js";
import {downloadCsv, toCsv} from "../../components/csv.js";
import {DataTable, type TableColumn} from "../../components/dataTable.js";
import {count, date, formatValue, money} from "../../components/format.js";
import {type Meaning, meaningNamed} from "../../components/palette.js";
import type {ExploreAnswer, Summary} from "../../slices/explore/answerQuestion.js";
import type {ListedRows} from "../../slices/explore/columnFiles.js";
import type {ExploreShape} from "../../slices/explore/exploreTable.js";
import {isAdditive, measuresOf, type Question, writeMeasure} from "../../slices/explore/question.js";
import type {SiteData} from "../../slices/site.js";
import type {Desk} from "./desk.js";

/** Bars, cells and lines that can be told apart; the table has all of them. */
const MOST_DRAWN = 24;
const MOST_ACROSS = 10;
const MOST_LINES = 6;
const ROWS_LISTED = 1000;

type Cells = Record<string, string | number | null>;

/** One question with its answer, as the page shows them. */
export interface Shown {
  site: SiteData;
  shape: ExploreShape;
  question: Question;
  answer: ExploreAnswer;
}

/** Asks; what went wrong is shown where the answer would be. */
export async function askDesk(site: SiteData, desk: Desk, question: Question): Promise<Shown> {
  const shape = desk.shapes.find(({key}) => key === question.table)!;
  return {site, shape, question, answer: await desk.answer(question)};
}

/** The answer in a sentence, with the day it holds for. */
export function exploreAnswer(shown: Shown): string {
  const {shape, answer, question, site} = shown;
  const rows = `${count(answer.nChosen)} of ${count(answer.nAll)} ${shape.noun}`;
  const asOf = `as of ${date(site.asOf)}`;
  if (answer.nChosen === 0) return `No ${shape.noun} pass these filters ${asOf}.`;
  const total = formatTotal(answer.total, shown);
  const first = answer.by.length > 1 && question.share === "value" && question.by ? leading(shown) : "";
  return `${measureOf(shown).label}: ${total}, from ${rows}${first}, ${asOf}.${question.share === "value" ? "" : ` Shares ${shareWords(question)}.`}`;
}

/** The chart, or why there is none. */
export function ExploreChart(shown: Shown, narrow: (filters: Question["filters"]) => void): HTMLElement {
  const {answer, question, shape, site} = shown;
  const {rows, columns} = pivot(shown);
  const {unit} = answer;
  const measure = {unit, currency: site.currency} as const;
  const drawn = drawing(shown);
  const nBars = drawn === "bars" ? MOST_DRAWN : drawn === "grid" ? MOST_DRAWN : answer.by.length;
  const nAcross = drawn === "line" ? MOST_LINES : MOST_ACROSS;
  const side = part(answer.by, nBars, orderOf(shape, question.by));
  const top = part(answer.across, nAcross, orderOf(shape, question.across));
  const cells = side.flatMap(([by, i]) =>
    top.map(([across, j]) => ({by: nameOf(by), across: nameOf(across), i, ...answer.cells[i]![j]!}))
  );
  const select = (by: string, across?: string) =>
    narrow({
      ...question.filters,
      ...(question.by ? {[question.by]: [by]} : {}),
      ...(question.across && across !== undefined ? {[question.across]: [across]} : {})
    });
  const {noun} = shape;
  return Chart({
    title: titleOf(shown),
    subtitle: subtitleOf(shown),
    rows: answer.nChosen === 0 ? [] : rows,
    columns,
    name: "explore",
    empty: {reason: `No ${noun} pass these filters.`, action: "Clear a filter."},
    note: notes(shown, side.length, top.length),
    render: (width) => {
      if (drawn === "line")
        return Trend({
          rows: cells
            .filter(({i}) => answer.starts?.[i])
            .map(({by, across, i, value, n}) => ({
              on: answer.starts![i]!,
              label: by,
              value,
              n,
              ...(question.across ? {series: across} : {})
            })),
          fromZero: unit !== "ratio" && answer.cells.flat().every(({value}) => (value ?? 0) >= 0),
          noun,
          width,
          ...measure
        });
      if (drawn === "grid")
        return HeatGrid({
          cells: cells.map(({by, across, value, n}) => ({row: by, column: across, value, n})),
          onSelect: ({row, column}) => select(row, column),
          noun,
          width,
          ...measure
        });
      const isTime =
        answer.starts !== null && !question.across && cells.every(({value}) => (value ?? 0) >= 0);
      const bars = cells.map(({by, across, value, n}) => ({
        label: by,
        value,
        n,
        ...(question.across ? {key: across} : {meaning: meaningOfWord(site, by)})
      }));
      if (isTime) return Columns({rows: bars, noun, width, ...measure});
      return BarRows({
        rows: bars,
        order: "given",
        noun,
        width,
        ...measure,
        ...(question.by ? {onSelect: (by: string) => select(by)} : {})
      });
    }
  });
}

/** Words that have a colour of their own on every page keep it here: outcomes, closing stages, direct and partner. */
function meaningOfWord({stages}: SiteData, word: string): Meaning {
  return stages.find(({stage}) => stage === word)?.kind ?? meaningNamed(word) ?? "open";
}

/** The pivot as a table, with its totals. */
export function ExplorePivot(shown: Shown): HTMLElement {
  const {rows, columns} = pivot(shown);
  const total = shown.answer.leftOut.by + shown.answer.leftOut.across;
  return html`<div>${DataTable(rows, columns, {caption: "Result as a table", showCaption: true, csv: true})}${
    total > 0
      ? html`<p class="weir-chart-note">${leftOut(shown)} They are counted in the totals, but not listed.</p>`
      : null
  }</div>`;
}

/** The rows that pass the filters, read when they are asked for. */
export function ExploreRowList({question, shape, site, answer}: Shown, desk: Desk): HTMLElement {
  const place = html`<p class="weir-chart-note" role="status">Reading …</p>`;
  const root =
    html`<details class="weir-explore-rows"><summary>The ${count(answer.nChosen)} ${shape.noun} behind it</summary>${place}</details>` as HTMLElement as HTMLDetailsElement;
  const fill = async () => {
    const found = await desk.rows(question, {}, ROWS_LISTED);
    const columns = rowColumns(found, site);
    const save = html`<button type="button" class="weir-button weir-quiet">Download all ${count(found.n)} rows as CSV</button>`;
    save.addEventListener("click", async () => {
      const all = await desk.rows(question, {}, Infinity);
      downloadCsv(`explore-${shape.key}`, toCsv(all.rows, columns));
    });
    const isCut = found.n > found.rows.length;
    place.replaceWith(
      ...(isCut ? [html`<p class="weir-chart-note">Listed: the first ${count(found.rows.length)}.</p>`] : []),
      DataTable(found.rows, columns, {caption: `${shape.label} behind the result`, csv: false}),
      save
    );
  };
  const failed = (error: Error) => {
    place.textContent = `The rows could not be read: ${error.message}`;
  };
  root.addEventListener("toggle", () => void fill().catch(failed), {once: true});
  return root;
}

function rowColumns({columns, rows}: ListedRows, site: SiteData): TableColumn<Cells>[] {
  return columns
    .filter(({key}) => rows.some((row) => row[key] !== null))
    .map(({key, label, unit}) => ({
      key,
      label,
      unit,
      ...(unit === "money" ? {currency: site.currency} : {})
    }));
}

/** Rows of the pivot: the group, a column for each word across, and the total. */
function pivot(shown: Shown): {rows: Cells[]; columns: TableColumn<Cells>[]} {
  const {answer, question, shape, site} = shown;
  const {unit} = answer;
  const measure = {unit, ...(unit === "money" ? {currency: site.currency} : {})};
  const adds = isAdditive(question) && question.share === "value";
  const rows = answer.by.map((by, i): Cells => {
    const cells = question.across ? answer.cells[i]!.map(({value}, j) => [`c${j}`, value]) : [];
    return {
      by: question.by ? nameOf(by) : `All ${shape.noun}`,
      ...Object.fromEntries(cells),
      total: answer.byTotals[i]!.value,
      n: answer.byTotals[i]!.n
    };
  });
  const order = new Map(answer.by.map((by, i) => [nameOf(by), i]));
  return {
    rows,
    columns: [
      {
        key: "by",
        label: labelOf(shape, question.by) ?? "Group",
        unit: "text",
        sortValue: (row) => order.get(String(row["by"])) ?? null
      },
      ...(question.across
        ? answer.across.map((across, j) => ({key: `c${j}`, label: nameOf(across), ...measure, total: adds}))
        : []),
      {key: "total", label: question.across ? "All" : measureOf(shown).label, ...measure, total: adds},
      ...(question.operation === "count"
        ? []
        : [
            {key: "n", label: `${sentenceCase(shape.noun)} with a value`, unit: "count" as const, total: true}
          ])
    ]
  };
}

/** Words with their places: of periods the newest, of others the first. */
function part(words: readonly string[], most: number, order: string | undefined): [string, number][] {
  const all = words.map((word, i): [string, number] => [word, i]);
  return order === "time" ? all.slice(-most) : all.slice(0, most);
}

function orderOf({words}: ExploreShape, key: string | null): string | undefined {
  return words.find((word) => word.key === key)?.order;
}

type Drawn = "bars" | "line" | "grid";

/** What the reader asked for where it can be drawn, else what fits the answer. */
function drawing({answer, question}: Shown): Drawn {
  const {drawing: wanted, across} = question;
  const canLine = (answer.starts?.filter((start) => start !== null).length ?? 0) > 1;
  const canStack =
    !across || (isAdditive(question) && answer.cells.flat().every(({value}) => (value ?? 0) >= 0));
  if (wanted === "line" && canLine) return "line";
  if (wanted === "grid" && across) return "grid";
  if (wanted === "bars" && canStack) return "bars";
  if (across) return canLine && !isAdditive(question) ? "line" : canStack && !canLine ? "bars" : "grid";
  return canLine && (!isAdditive(question) || answer.cells.flat().some(({value}) => (value ?? 0) < 0))
    ? "line"
    : "bars";
}

function titleOf(shown: Shown): string {
  const {question, shape} = shown;
  const by = labelOf(shape, question.by)?.toLowerCase();
  const across = labelOf(shape, question.across)?.toLowerCase();
  return `${measureOf(shown).label}${by ? ` by ${by}` : ""}${across ? ` and ${across}` : ""}`;
}

function subtitleOf({answer, question, shape, site}: Shown): string {
  const unit = {money: site.currency, days: "days", count: shape.noun, ratio: "share"}[answer.unit];
  const filters = Object.entries(question.filters)
    .filter(([, values]) => values.length > 0)
    .map(
      ([key, values]) =>
        `${labelOf(shape, key)} ${values.slice(0, 3).join(", ")}${values.length > 3 ? ` and ${values.length - 3} more` : ""}`
    );
  const of = question.share === "value" ? "" : `, ${shareWords(question)}`;
  return [`${unit}${of}`, `${count(answer.nChosen)} of ${count(answer.nAll)} ${shape.noun}`, ...filters].join(
    " · "
  );
}

function notes(shown: Shown, nSide: number, nTop: number): string | null {
  const {answer} = shown;
  const said = [];
  if (nSide < answer.by.length) said.push(`Drawn: ${nSide} of ${count(answer.by.length)} groups.`);
  if (nTop < answer.across.length) said.push(`Drawn: ${nTop} of ${answer.across.length} columns.`);
  if (answer.leftOut.by + answer.leftOut.across > 0) said.push(leftOut(shown));
  const cut = said.length > 0 ? `${said.join(" ")} The table below has them all. ` : "";
  const known = answer.byTotals.reduce((sum, {n}) => sum + n, 0);
  const without =
    shown.question.field !== null && answer.leftOut.by === 0 && known < answer.nChosen
      ? `${count(answer.nChosen - known)} ${shown.shape.noun} without a value are not counted.`
      : "";
  return `${cut}${without}` || null;
}

function leftOut({answer}: Shown): string {
  const {by, across} = answer.leftOut;
  const parts = [
    ...(by > 0 ? [`${count(by)} smaller groups`] : []),
    ...(across > 0 ? [`${count(across)} smaller columns`] : [])
  ];
  return `Left out: ${parts.join(" and ")}.`;
}

function leading(shown: Shown): string {
  const {answer} = shown;
  const known = answer.by.flatMap((by, i) => {
    const {value} = answer.byTotals[i]!;
    return value === null ? [] : [{by, value, i}];
  });
  if (known.length < 2) return "";
  const most = known.reduce((a, b) => (b.value > a.value ? b : a));
  return `; most in ${nameOf(most.by)} (${formatTotal(answer.byTotals[most.i]!, shown)})`;
}

function formatTotal({value}: Summary, {answer, site}: Shown): string {
  return answer.unit === "money" ? money(value, site.currency) : formatValue(value, answer.unit);
}

function measureOf({shape, question}: Shown) {
  return measuresOf(shape).find((each) => writeMeasure(each) === writeMeasure(question))!;
}

function shareWords({share}: Question): string {
  return {value: "", row: "of its row", column: "of its column", all: "of everything"}[share];
}

function labelOf({words}: ExploreShape, key: string | null): string | null {
  return words.find((word) => word.key === key)?.label ?? null;
}

function nameOf(word: string): string {
  return word || "all";
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
