import {readFileSync} from "node:fs";
import {join} from "node:path";
import {expect, test} from "vitest";
import {configTexts} from "../../loaders/publish/configTexts.ts";
import {parseWorkspace} from "../../loaders/workspace/loadWorkspace.ts";
import {SMALL} from "../support/buildSmall.ts";

test("what workspace.yaml says and the narrowed one does not is looked for: links, files' names, who decided a match", () => {
  const whole = parseWorkspace(readFileSync(join(SMALL, "workspace.yaml"), "utf8"));
  const {crm: _, ...narrowed} = {...whole, custom_attributes: []};
  const decision = {
    registrationId: "R1",
    dealId: "D1",
    by: "Ann Admin",
    why: "She called",
    file: "",
    line: 1
  };
  const texts = configTexts(whole, narrowed, [decision]);
  expect(texts).toEqual(
    expect.arrayContaining([
      "https://crm.example.com/deal/",
      "history.csv",
      "Ann Admin",
      "She called",
      "Vertical"
    ])
  );
  for (const said of ["Small & Sons", "Qualify", "sales", "Deal ID"]) expect(texts).not.toContain(said);
  expect(configTexts(whole, whole, [])).toEqual(
    expect.not.arrayContaining(["https://crm.example.com/deal/"])
  );
});
