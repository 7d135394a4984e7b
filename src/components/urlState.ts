/** One value out of a list; `initial` when the address says nothing. */
export interface OneField {
  kind: "one";
  values: readonly string[];
  initial: string;
}

/** Any number of values out of a list; none selected means all. */
export interface ManyField {
  kind: "many";
  values: readonly string[];
}

/** Free text; empty when the address says nothing. */
export interface TextField {
  kind: "text";
}

export type StateSpec = Record<string, OneField | ManyField | TextField>;
/** A field of kind many holds a list, the others a string. */
export type UrlState = Record<string, string | string[]>;

export interface Ignored {
  key: string;
  value: string;
  why: "unknown key" | "unknown value";
}

export interface ParsedState {
  state: UrlState;
  /** What the address asks for and this page does not have. */
  ignored: Ignored[];
  /** Unknown keys, to be kept in the address. */
  rest: [string, string][];
}

/** Reads a query string. Lists are repeated keys; unknown values are dropped, unknown keys kept, both reported. */
export function parseState(search: string, spec: StateSpec): ParsedState {
  const params = new URLSearchParams(search);
  const ignored: Ignored[] = [];
  const rest: [string, string][] = [];
  for (const [key, value] of params) {
    const field = Object.hasOwn(spec, key) ? spec[key] : undefined;
    if (!field) {
      rest.push([key, value]);
      ignored.push({key, value, why: "unknown key"});
    } else if (field.kind !== "text" && !field.values.includes(value)) {
      ignored.push({key, value, why: "unknown value"});
    }
  }
  const read = ([key, field]: [string, StateSpec[string]]): [string, string | string[]] => {
    const given = params.getAll(key);
    if (field.kind === "text") return [key, given[0] ?? ""];
    if (field.kind === "many") return [key, field.values.filter((value) => given.includes(value))];
    return [key, given.find((value) => field.values.includes(value)) ?? field.initial];
  };
  return {state: Object.fromEntries(Object.entries(spec).map(read)), ignored, rest};
}

/** Writes a query string with its "?", or "" when all is at its default. Unknown keys come last, as they were. */
export function serialiseState(
  state: UrlState,
  spec: StateSpec,
  rest: readonly [string, string][] = []
): string {
  const params = new URLSearchParams();
  for (const [key, field] of Object.entries(spec)) {
    const value = state[key] ?? [];
    if (field.kind === "one" && value === field.initial) continue;
    for (const one of Array.isArray(value) ? value : [value]) if (one !== "") params.append(key, one);
  }
  for (const [key, value] of rest) params.append(key, value);
  const query = params.toString();
  return query && `?${query}`;
}

export interface UrlBinding extends ParsedState {
  /** Writes the state: a new history entry, or the same one while the reader is typing. */
  write(state: UrlState, how?: {typing?: boolean}): void;
  /** Stops following the back button. */
  dispose(): void;
}

/** Ties a page's state to its address; `onBack` gets the state when the reader goes back or forward. */
export function bindUrl(
  spec: StateSpec,
  onBack: (parsed: ParsedState) => void,
  view: Pick<Window, "location" | "history" | "addEventListener" | "removeEventListener"> = window
): UrlBinding {
  const parsed = parseState(view.location.search, spec);
  const back = () => onBack(parseState(view.location.search, spec));
  view.addEventListener("popstate", back);
  return {
    ...parsed,
    write(state, {typing = false} = {}) {
      // What others have written since is kept.
      const query = serialiseState(state, spec, parseState(view.location.search, spec).rest);
      if (query === view.location.search) return;
      const address = `${view.location.pathname}${query}${view.location.hash}`;
      if (typing) view.history.replaceState(view.history.state, "", address);
      else view.history.pushState(null, "", address);
    },
    dispose() {
      view.removeEventListener("popstate", back);
    }
  };
}
