import {afterEach, expect, test, vi} from "vitest";
import {Picks} from "../../src/components/picks.js";

const than = {
  key: "than",
  label: "Held against",
  values: [
    {value: "week", label: "a week before"},
    {value: "year", label: "a year before"}
  ],
  initial: "week"
};

afterEach(() => document.body.replaceChildren());

function mount(search = "") {
  history.replaceState(null, "", `/pipeline${search}`);
  const picks = Picks([than], "Compare");
  document.body.append(picks);
  const told = vi.fn();
  picks.addEventListener("input", told);
  return {picks, told};
}

function back(search: string) {
  history.replaceState(null, "", `/pipeline${search}`);
  dispatchEvent(new PopStateEvent("popstate"));
}

test("a choice is told and kept in the address", () => {
  const {picks, told} = mount();
  const select = picks.querySelector("select")!;
  select.value = "year";
  select.dispatchEvent(new Event("change"));
  expect(told).toHaveBeenCalledOnce();
  expect(picks.value).toEqual({than: "year"});
  expect(location.search).toBe("?than=year");
});

test("going back to another choice is told", () => {
  const {picks, told} = mount("?than=year");
  back("");
  expect(told).toHaveBeenCalledOnce();
  expect(picks.value).toEqual({than: "week"});
});

test("going back from a panel, with the same choice, is not: the page stays as it is, and so does the keyboard's place", () => {
  const {told} = mount("?than=year&figure=won");
  back("?than=year");
  expect(told).not.toHaveBeenCalled();
});
