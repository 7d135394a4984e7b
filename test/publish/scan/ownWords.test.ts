import {expect, test} from "vitest";
import {ownLiterals, ownTexts, withoutComments} from "../../../loaders/publish/scan/ownWords.ts";

test("comments are none of what a site says, texts and addresses are", () => {
  const code = 'const a = "x // y"; // Acme\n/* Acme\n Beta */ const b = "http://host/*";\n';
  expect(withoutComments(code, ".ts")).toBe('const a = "x // y";  \n  const b = "http://host/*";\n');
  expect(withoutComments("select '--' as a -- Acme", ".sql")).toBe("select '--' as a  ");
  expect(withoutComments('a: "x # y" # Acme', ".yml")).toBe('a: "x # y"  ');
  expect(withoutComments("# Acme", ".md")).toBe("# Acme");
});

test("what pages and models say is there, whole and by itself", () => {
  expect(ownTexts().some((text) => text.includes("no registration"))).toBe(true);
  expect(ownLiterals().has("two partners")).toBe(true);
  expect(ownLiterals().has("Acme Robotics Limited")).toBe(false);
});
