/**
 * One JSON object as names and texts. Numbers keep the digits they were written with: they never pass through a float.
 * Nested objects are flattened with dots, lists stay JSON text.
 */
import {BadFile} from "./badFile.ts";
import {isDamaged} from "./damagedText.ts";

export interface ParseOptions {
  line: number;
  keepsDamage: boolean;
}

const WHITE = /[ \t\r\n]*/y;
const TEXT = /"(?:[^"\\]|\\.)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HALF_CHARACTER = /\p{Surrogate}/u;
const WORD = /true|false|null/y;

/** @throws {BadFile} when it is not strict JSON, or names a field twice. */
export function parseRecord(text: string, options: ParseOptions): Map<string, string | null> {
  const parser = new Parser(text, options);
  parser.object("");
  parser.end();
  return parser.fields;
}

class Parser {
  fields = new Map<string, string | null>();
  #text: string;
  #at = 0;
  #options: ParseOptions;

  constructor(text: string, options: ParseOptions) {
    this.#text = text;
    this.#options = options;
  }

  object(prefix: string): void {
    this.#expect("{");
    if (this.#skipTo("}")) return;
    do {
      const name = `${prefix}${this.#string()}`;
      this.#expect(":");
      this.#white();
      if (this.#text[this.#at] === "{") this.object(`${name}.`);
      else {
        if (this.fields.has(name)) this.#fail("the object names a field twice", name);
        this.fields.set(name, this.#scalar());
      }
    } while (this.#skipTo(","));
    this.#expect("}");
  }

  end(): void {
    this.#white();
    if (this.#at < this.#text.length) this.#fail("text after the object");
  }

  #scalar(): string | null {
    const char = this.#text[this.#at];
    if (char === '"') return this.#string();
    if (char === "[") return this.#list();
    const word = this.#match(WORD);
    if (word !== undefined) return word === "null" ? null : word;
    return this.#match(NUMBER) ?? this.#fail("a value that is not JSON");
  }

  #list(): string {
    const from = this.#at;
    this.#expect("[");
    if (!this.#skipTo("]")) {
      do {
        this.#white();
        if (this.#text[this.#at] === "{") new Parser("", this.#options).#skipObject(this);
        else this.#scalar();
      } while (this.#skipTo(","));
      this.#expect("]");
    }
    return this.#text.slice(from, this.#at);
  }

  /** Checks an object inside a list of `outer` without taking its fields. */
  #skipObject(outer: Parser): void {
    this.#text = outer.#text;
    this.#at = outer.#at;
    this.object("");
    outer.#at = this.#at;
  }

  #string(): string {
    this.#white();
    const raw = this.#match(TEXT) ?? this.#fail("a name or text without quotes");
    let value: string;
    try {
      value = JSON.parse(raw) as string;
    } catch {
      return this.#fail("a text with a wrong escape or a bare control character", raw);
    }
    const isText = !HALF_CHARACTER.test(value) && !value.includes("\0");
    if (!isText || (!this.#options.keepsDamage && isDamaged(value)))
      this.#fail(
        isText ? "a control or replacement character, or text encoded twice" : "half a character, or NUL",
        raw
      );
    return value;
  }

  #white(): void {
    WHITE.lastIndex = this.#at;
    WHITE.test(this.#text);
    this.#at = WHITE.lastIndex;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #skipTo(char: string): boolean {
    this.#white();
    if (this.#text[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  #expect(char: string): void {
    if (!this.#skipTo(char)) this.#fail(`no ${char} where one belongs`);
  }

  #fail(what: string, value = this.#text.slice(this.#at, this.#at + 40)): never {
    throw new BadFile({
      what,
      line: this.#options.line,
      value,
      expected: "strict JSON (RFC 8259)",
      fix: "export again; if it is damaged text, declare format: {damaged_text: keep}"
    });
  }
}
