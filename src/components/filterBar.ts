import {html} from "htl";
import {AS_OF} from "../figures/chosen.js";
import {type DateChoice, DateField, daysOf, isDay, SPAN, type SpanChoice, spanOf} from "./dateField.js";
import {date, named} from "./format.js";
import {FIGURE, followFigures, keepInLinks} from "./linkedFigure.js";
import {type Choice, MultiSelect} from "./multiSelect.js";
import {carryFilters} from "./navLinks.js";
import {
  bindUrl,
  type Ignored,
  type ParsedState,
  type StateSpec,
  serialiseState,
  type UrlState
} from "./urlState.js";

export interface Dimension {
  /** Key in the address and in the value. */
  key: string;
  label: string;
  values: readonly Choice[];
  /** The selection in words; default "Region South, North". */
  phrase?: (values: readonly string[]) => string;
}

export interface PeriodChoice {
  values: readonly {value: string; label: string}[];
  initial: string;
  /** Label of the control; "Period" when absent. */
  label?: string;
  /** What the period selects, before its label in the sentence: "closed in". */
  phrase?: string;
  /** The period that is asked in fact with the days chosen, where one had not begun by then. */
  asked?: (value: string, dates: Record<string, string>) => string;
}

/** One value out of a list, asked beside the period: what the page is cut by. */
export interface CutChoice {
  values: readonly {value: string; label: string}[];
  initial: string;
}

/** What the filter bar holds: the period's value, and the chosen values of each dimension (none: all). */
export interface FilterState {
  period: string | null;
  filters: Record<string, string[]>;
  /** The days chosen, ISO, by key; only on pages that ask for days. */
  dates?: Record<string, string>;
  /** The dimension that slices are cut by; only on pages that ask for one. */
  cut?: string;
}

export interface FilterBarProps {
  dimensions: readonly Dimension[];
  period?: PeriodChoice | null;
  /** Days the page asks for, beside the period. */
  dates?: readonly DateChoice[];
  /** Names for spans of those days. */
  spans?: SpanChoice | null;
  /** What slices are cut by, where the page cuts. */
  cut?: CutChoice | null;
  /** ISO date of the data shown. */
  asOf: string;
  /** How fresh the data is, in words: "exports of 1 Jul 2026"; `stale` marks it. */
  freshness?: string | {text: string; stale?: boolean} | null;
  /** The selection when the address carries none. */
  state?: Partial<FilterState>;
  /** Other keys in the address that belong to this page, so that they are not reported as unknown. */
  otherKeys?: readonly string[];
  /** Keys in the address that mean something on this page alone: neither reported nor handed on to other pages. */
  ownKeys?: readonly string[];
  /** What is filtered, when nothing is: "All deals". */
  everything?: string;
  /** Called with the filters that are likely to be chosen next: time to fetch their data. */
  onLikely?: (filters: Record<string, string[]>) => void;
  /** Of filters that cannot all be asked together: those that can, and why the others are taken off. */
  fit?: FilterFit;
}

export interface FilterFit {
  /** `key` is the dimension just changed, null when the address was read. */
  keep: (
    filters: Record<string, string[]>,
    key: string | null,
    before: Record<string, string[]>
  ) => Record<string, string[]>;
  why: string;
}

export interface FilterBarElement extends HTMLElement {
  readonly value: FilterState;
}

/** Key of the cut in the address. */
const CUT = "cut";

/** In the list of named spans, where the days are none of them. */
const BY_HAND = "by hand";

/** The address is written after the redraw, and at the latest after so many milliseconds. */
const ADDRESS_MS = 300;

/** Controls in sight before "All filters"; those in use always are. */
const AT_FIRST = 5;

/**
 * The filter bar of every page: an element with `.value` and "input" events, for Framework's view(). Its state
 * lives in the address, travels with the sidebar's links, and is said in words.
 */
export function FilterBar(props: FilterBarProps): FilterBarElement {
  const {dimensions, period = null, asOf, freshness = null, otherKeys = []} = props;
  const {dates = [], spans = null, cut = null} = props;
  const ownKeys = [FIGURE, ...(props.ownKeys ?? []), ...(cut ? [CUT] : []), ...(spans ? [SPAN] : [])];
  const spec = specOf(props);
  const url = bindUrl(spec, (parsed) => receive(parsed));
  let state: UrlState = url.state;
  if (Object.keys(spec).every((key) => !new URLSearchParams(location.search).has(key)))
    state = {...state, ...given(props.state, spec)};
  let takenOff: string[] = [];
  let isUnsaid = false;
  let ignored = url.ignored;
  state = fitted(state, null);

  const selects = dimensions.map(({key, label, values}) =>
    MultiSelect({
      label,
      choices: values,
      selected: list(state[key]),
      onChange: (chosen) => change({[key]: chosen}),
      ...(props.onLikely ? {onLikely: (chosen) => likely(key, chosen)} : {})
    })
  );
  const periods = period ? PeriodSelect(period, (value) => change({period: value})) : null;
  const cuts = cut ? PeriodSelect({...cut, label: "Group by"}, (value) => change({[CUT]: value})) : null;
  const over = spans
    ? PeriodSelect(
        {
          values: [...spans.values, {value: BY_HAND, label: "days chosen by hand"}],
          initial: spans.initial,
          label: "Over"
        },
        (value) =>
          change({
            ...(value === BY_HAND ? days() : Object.fromEntries(dates.map(({key}) => [key, ""]))),
            [SPAN]: value === BY_HAND ? spans.initial : value
          })
      )
    : null;
  const fields = dates.map((choice) => {
    const {key, initial} = choice;
    return DateField(choice, (value) =>
      change(
        spans ? {...days(), [key]: value, [SPAN]: spans.initial} : {[key]: value === initial ? "" : value}
      )
    );
  });
  const clear = html`<button type="button" class="weir-button weir-quiet weir-clear">Clear all</button>`;
  const more = html`<button type="button" class="weir-button weir-more" aria-expanded="false"></button>`;
  const words = html`<p class="weir-filters-words" role="status"></p>`;
  const note = html`<p class="weir-filters-note" role="status" hidden></p>`;
  if (dimensions.length <= AT_FIRST) more.classList.add("weir-only-narrow");
  const root = html`<section class="weir-filters" aria-label="Filters">
    <div class="weir-filters-row">
      ${periods?.element ?? null}${over?.element ?? null}${fields.map(({element}) => element)}${cuts?.element ?? null}
      <div class="weir-filters-set">${selects}</div>${more}${clear}
      ${Fresh(asOf, freshness)}
    </div>
    ${words}${note}
  </section>` as HTMLElement as FilterBarElement;
  // view() listens to "input" on the bar: what its own controls emit must not reach it.
  root.addEventListener("input", (event) => {
    if (event.target !== root) event.stopImmediatePropagation();
  });
  Object.defineProperty(root, "value", {get: () => stateOf(state, props)});

  function days(): Record<string, string> {
    return daysOf(state, dates, spans);
  }

  function chosen(of: UrlState): Record<string, string[]> {
    return Object.fromEntries(dimensions.map((each) => [each.key, [...list(of[each.key])]]));
  }

  function likely(key: string, values: string[]): void {
    const asked = {...chosen(state), [key]: values};
    props.onLikely!(props.fit ? props.fit.keep(asked, key, chosen(state)) : asked);
  }

  /** The state without the filters that cannot be asked together with the others. */
  function fitted(wanted: UrlState, key: string | null): UrlState {
    if (!props.fit) return wanted;
    const asked = chosen(wanted);
    const kept = props.fit.keep(asked, key, chosen(state));
    takenOff = dimensions
      .filter(({key: each}) => kept[each]!.length < asked[each]!.length)
      .map(({key: each, label}) =>
        [label, ...asked[each]!.filter((value) => !kept[each]!.includes(value))].join(" ")
      );
    return {...wanted, ...kept};
  }

  function change(part: UrlState): void {
    const [key = null] = Object.keys(part);
    state = fitted({...state, ...part}, key);
    show();
    report();
    isUnsaid = true;
    requestAnimationFrame(() => setTimeout(address));
    setTimeout(address, ADDRESS_MS);
    root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  /** Writes the address and the links: after the redraw, for a busy browser takes tens of milliseconds over an address. */
  function address(): void {
    if (!isUnsaid) return;
    isUnsaid = false;
    url.write(state);
    carry();
  }

  function receive(parsed: ParsedState): void {
    if (!root.isConnected) return url.dispose();
    isUnsaid = false;
    const before = serialiseState(state, spec);
    state = fitted(parsed.state, null);
    show();
    carry();
    ignored = parsed.ignored;
    report();
    // What the page shows beside the filters may have changed alone: its tables then stay as they are.
    if (serialiseState(state, spec) !== before) root.dispatchEvent(new Event("input", {bubbles: true}));
  }

  function show(): void {
    for (const [i, {key}] of dimensions.entries()) selects[i]!.select(list(state[key]));
    periods?.select(periodOf(state, props) ?? "");
    over?.select(spanOf(state, dates, spans)?.value ?? BY_HAND);
    cuts?.select(String(state[CUT]));
    for (const [i, day] of Object.values(days()).entries()) fields[i]!.select(day);
    const active = dimensions.filter(({key}) => list(state[key]).length > 0);
    words.textContent = sentence(state, props);
    clear.hidden = active.length === 0;
    for (const [i, {key}] of dimensions.entries()) {
      selects[i]!.classList.toggle("weir-rare", i >= AT_FIRST && list(state[key]).length === 0);
    }
    label(active.length);
  }

  function carry(): void {
    carryFilters(
      serialiseState(
        state,
        Object.fromEntries(Object.entries(spec).filter(([key]) => !ownKeys.includes(key))),
        url.rest.filter(([key]) => !ownKeys.includes(key))
      )
    );
  }

  function label(active: number): void {
    const open = root.classList.contains("weir-filters-open");
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "Fewer filters" : active ? `All filters: ${active} on` : "All filters";
  }

  function report(): void {
    // Days of a span are handed on to the pages that ask for one, and mean nothing between.
    const expected = [...otherKeys, ...ownKeys, "from", "to"];
    const lines = ignored.filter(({key}) => !expected.includes(key)).map((one) => explain(one, dimensions));
    for (const choice of dates) {
      const asked = String(state[choice.key] ?? "");
      if (asked !== "" && !isDay(asked, choice)) lines.push(noDay(asked, choice, days()[choice.key]!));
    }
    if (takenOff.length > 0) lines.push(`Taken off: ${takenOff.join(", ")}. ${props.fit!.why}`);
    note.textContent = [...new Set(lines)].join(" ");
    note.hidden = lines.length === 0;
  }

  clear.addEventListener("click", () => {
    change(Object.fromEntries(dimensions.map(({key}) => [key, []])));
    (periods?.element.querySelector("select") ?? selects[0]?.querySelector("button"))?.focus();
  });
  more.addEventListener("click", () => {
    root.classList.toggle("weir-filters-open");
    show();
  });
  show();
  carry();
  report();
  keepInLinks(
    (): Record<string, string> => (root.isConnected && period ? {period: String(state["period"])} : {})
  );
  followFigures();
  return root;
}

/**
 * The query ("?region=South", or "") that opens another page with the same filters.
 * @param initialPeriod the page's default period, left out of the query
 */
export function filterQuery({period, filters}: FilterState, initialPeriod: string | null = null): string {
  const params = new URLSearchParams();
  if (period !== null && period !== initialPeriod) params.append("period", period);
  for (const [key, values] of Object.entries(filters)) for (const value of values) params.append(key, value);
  const query = params.toString();
  return query && `?${query}`;
}

function specOf({dimensions, period, dates = [], spans, cut}: FilterBarProps): StateSpec {
  const spec: StateSpec = Object.fromEntries(dates.map(({key}) => [key, {kind: "text"}]));
  const one = (key: string, {values, initial}: {values: readonly {value: string}[]; initial: string}) => {
    spec[key] = {kind: "one", values: values.map(({value}) => value), initial};
  };
  if (period) one("period", period);
  if (spans) one(SPAN, spans);
  if (cut) one(CUT, cut);
  for (const {key, values} of dimensions) spec[key] = {kind: "many", values: values.map(({value}) => value)};
  return spec;
}

function given(state: Partial<FilterState> | undefined, spec: StateSpec): UrlState {
  const {period, filters = {}} = state ?? {};
  const known = Object.entries(filters).filter(([key]) => key in spec);
  return {...Object.fromEntries(known), ...(period && "period" in spec ? {period} : {})};
}

function stateOf(
  state: UrlState,
  {dimensions, period, dates = [], spans = null, cut}: FilterBarProps
): FilterState {
  return {
    period: period ? String(state["period"]) : null,
    filters: Object.fromEntries(dimensions.map(({key}) => [key, [...list(state[key])]])),
    ...(dates.length > 0 ? {dates: daysOf(state, dates, spans)} : {}),
    ...(cut ? {cut: String(state[CUT])} : {})
  };
}

/** The period asked, as far as it had begun on the days chosen. */
function periodOf(state: UrlState, {period, dates = [], spans = null}: FilterBarProps): string | undefined {
  const value = String(state["period"]);
  return period?.asked ? period.asked(value, daysOf(state, dates, spans)) : value;
}

function sentence(state: UrlState, props: FilterBarProps): string {
  const {dimensions, period, dates = [], spans = null, everything = "All deals"} = props;
  const parts = dimensions.flatMap(({key, label, values, phrase}) => {
    const chosen = list(state[key]);
    if (chosen.length === 0) return [];
    if (phrase) return [phrase(chosen)];
    return [
      chosen.length <= 3
        ? `${label} ${chosen.map((value) => named(value, label)).join(", ")}`
        : `${label}: ${chosen.length} of ${values.length}`
    ];
  });
  if (parts.length === 0) parts.push(everything);
  const asked = periodOf(state, props);
  const label = period?.values.find(({value}) => value === asked)?.label;
  if (label) parts.push(period?.phrase ? `${period.phrase} ${label}` : label);
  const span = spanOf(state, dates, spans);
  if (span) parts.push(span.label);
  const days = daysOf(state, dates, spans);
  for (const {key, phrase} of dates) parts.push(`${phrase} ${date(days[key]!)}`);
  return parts.join(" · ");
}

function noDay(asked: string, {min, max}: DateChoice, shown: string): string {
  return `The link asks for “${asked}”, which is no day from ${date(min)} to ${date(max)}: ${date(shown)} is shown.`;
}

function explain({key, value, why}: Ignored, dimensions: readonly Dimension[]): string {
  if (key === AS_OF) return `This page is not asked as of a past day, so the link's “${value}” is ignored.`;
  if (why === "unknown key") return `The link also filters by ${key}, which this page does not use.`;
  const label = dimensions.find((dimension) => dimension.key === key)?.label ?? key;
  return `“${value}” is not in ${label} here, so the link's filter on it is ignored.`;
}

function list(value: string | string[] | undefined): string[] {
  return Array.isArray(value) ? value : value ? [value] : [];
}

function PeriodSelect({values, label = "Period"}: PeriodChoice, onChange: (value: string) => void) {
  const select =
    html`<select>${values.map(({value, label: text}) => html`<option value=${value}>${text}</option>`)}</select>` as HTMLElement as HTMLSelectElement;
  select.addEventListener("change", () => onChange(select.value));
  const element = html`<label class="weir-period"><span>${label}</span>${select}</label>`;
  return {
    element,
    select: (value: string) => {
      select.value = value;
    }
  };
}

function Fresh(asOf: string, freshness: FilterBarProps["freshness"]): HTMLElement {
  const {text, stale = false} = typeof freshness === "string" ? {text: freshness} : (freshness ?? {text: ""});
  return html`<p class="weir-fresh">As of <strong>${date(asOf)}</strong>${
    text ? html`<span class=${stale ? "weir-stale" : ""}> · ${text}</span>` : null
  }</p>`;
}
