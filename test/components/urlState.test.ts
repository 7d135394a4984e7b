import {expect, test, vi} from "vitest";
import {bindUrl, parseState, type StateSpec, serialiseState} from "../../src/components/urlState.js";

const spec: StateSpec = {
  period: {kind: "one", values: ["2026-Q1", "2026-Q2"], initial: "2026-Q2"},
  region: {kind: "many", values: ["North", "South & East"]},
  q: {kind: "text"}
};

test("defaults are left out of the address", () => {
  expect(serialiseState(parseState("", spec).state, spec)).toBe("");
});

test("what is written is what is read", () => {
  const state = {period: "2026-Q1", region: ["North", "South & East"], q: "a=b&c"};
  expect(parseState(serialiseState(state, spec), spec)).toMatchObject({state, ignored: []});
});

test("unknown values are dropped and reported; unknown keys are kept and reported", () => {
  const {state, ignored, rest} = parseState("?region=Mars&region=North&owner=7&period=2020-Q1", spec);
  expect(state).toEqual({period: "2026-Q2", region: ["North"], q: ""});
  expect(ignored.map(({key, value, why}) => `${key}=${value}: ${why}`)).toEqual([
    "region=Mars: unknown value",
    "owner=7: unknown key",
    "period=2020-Q1: unknown value"
  ]);
  expect(serialiseState(state, spec, rest)).toBe("?region=North&owner=7");
});

test("keys of Object's prototype are unknown keys", () => {
  expect(parseState("?constructor=1", spec).rest).toEqual([["constructor", "1"]]);
});

test("typing replaces the history entry, selecting adds one, going back reads the address", () => {
  const listeners = new Map<string, () => void>();
  const view = {
    location: {search: "", pathname: "/deals", hash: "#t"},
    history: {state: null, pushState: vi.fn(), replaceState: vi.fn()},
    addEventListener: (type: string, f: () => void) => listeners.set(type, f),
    removeEventListener: (type: string) => listeners.delete(type)
  };
  const back = vi.fn();
  const url = bindUrl(spec, back, view as unknown as Window);
  url.write({...url.state, q: "x"}, {typing: true});
  expect(view.history.replaceState).toHaveBeenCalledWith(null, "", "/deals?q=x#t");
  url.write({...url.state, region: ["North"]});
  expect(view.history.pushState).toHaveBeenCalledWith(null, "", "/deals?region=North#t");
  view.location.search = "?period=2026-Q1";
  listeners.get("popstate")!();
  expect(back.mock.calls[0]![0].state.period).toBe("2026-Q1");
  url.dispose();
  expect(listeners.size).toBe(0);
});
