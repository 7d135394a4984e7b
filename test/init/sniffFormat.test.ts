import {describe, expect, test} from "vitest";
import {sniffFormat} from "../../loaders/init/sniffFormat.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const of = (text: string) => sniffFormat(bytes(text), bytes(text).at(-1));

describe("how a file seems to be written", () => {
  test("nothing is declared for a plain CSV", () => {
    expect(of("a,b\n1,2\n")).toEqual({});
  });

  test("a delimiter inside quotes is none", () => {
    expect(of('"a;b;c;d",e,f\n1,2,3\n')).toEqual({});
    expect(of('a;b;"c,d,e,f,g"\n1;2;3\n')).toEqual({delimiter: ";"});
  });

  test("texts of several lines have no say, the one neither that the sample ends in", () => {
    const note = "Met at fair; wants trial\nNext: demo; legal; pricing\nChampion: Jo; blocker: IT";
    const records = Array.from({length: 4}, (_, i) => `${i},Won,"${note}"\n`).join("");
    expect(of(`id,stage,notes\n${records}`)).toEqual({});
    expect(sniffFormat(bytes(`id,stage,notes\n1,Won,"${note}`), 0x0a)).toEqual({});
  });

  test("a title without one is no header", () => {
    expect(of("Open deals\n\na;b\n1,5;2,5\n")).toEqual({delimiter: ";"});
  });

  test("a title with another one is outweighed by the records", () => {
    expect(of("Deals, as of 18.09.2026\n\na;b;c\n1;2,5;3\n")).toEqual({delimiter: ";"});
  });

  test("an open last line", () => {
    expect(of("a,b\n1,2")).toEqual({last_line: "open"});
  });

  test("what is not UTF-8 is taken for a Western spreadsheet's", () => {
    const latin = Uint8Array.from([...bytes("name\nM"), 0xfc, ...bytes("ller\n")]);
    expect(sniffFormat(latin, 0x0a)).toEqual({encoding: "windows-1252"});
    const utf16 = Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x3b, 0, 0x62, 0, 0x0a, 0]);
    expect(sniffFormat(utf16, 0)).toEqual({encoding: "utf-16", delimiter: ";"});
  });

  test("a character cut at the end of the sample is no damage", () => {
    expect(sniffFormat(bytes("name\nMü").subarray(0, 7), 0x0a)).toEqual({});
  });
});
