import {describe, expect, test} from "vitest";
import {fileAddress, fileOf} from "../../../loaders/pack/inPage/fileAddress.ts";

const FILES = [
  "index.html",
  "forecast.html",
  "what-if.html",
  "demo two/index.html",
  "demo two/forecast.html"
];

describe("a link of a packed page", () => {
  test.each([
    ["./forecast", "index.html", "./forecast.html"],
    ["./forecast?region=EMEA#fan", "index.html", "./forecast.html?region=EMEA#fan"],
    ["./", "forecast.html", "./index.html"],
    ["./forecast.html", "index.html", "./forecast.html"],
    ["./demo two/", "index.html", "./demo%20two/index.html"],
    ["./demo%20two/forecast?x=%20", "index.html", "./demo%20two/forecast.html?x=%20"],
    ["../", "demo two/forecast.html", "../index.html"],
    ["./forecast", "demo two/index.html", "../demo%20two/forecast.html"]
  ])("%s on %s leads to the file %s", (href, page, address) => {
    expect(fileAddress(href, page, FILES)).toBe(address);
  });

  test.each([
    "https://crm.example/deal/1",
    "//crm.example/deal",
    "mailto:a@b.example",
    "#fan",
    "?region=EMEA",
    "blob:null/1"
  ])("%s is left as it is", (href) => {
    expect(fileAddress(href, "forecast.html", FILES)).toBe(href);
  });

  test("to a page that is not packed leads nowhere", () => {
    expect(fileAddress("./marketing", "index.html", FILES)).toBeNull();
    expect(fileAddress("./100%", "index.html", FILES)).toBeNull();
    expect(fileAddress("../", "demo two/index.html", ["demo two/index.html"])).toBeNull();
  });

  test("followed twice stays the same", () => {
    const once = fileAddress("./forecast?a=1", "demo two/index.html", FILES)!;
    expect(fileAddress(once, "demo two/index.html", FILES)).toBe(once);
  });
});

test("a folder without its first page opens with the first that it has", () => {
  expect(fileOf("", ["forecast.html", "what-if.html", "demo/what-if.html"])).toBe("forecast.html");
  expect(fileOf("demo/", ["forecast.html", "demo/what-if.html"])).toBe("demo/what-if.html");
  expect(fileOf("", ["demo/what-if.html"])).toBeNull();
});
