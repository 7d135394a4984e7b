import {date} from "../../components/format.js";

/** "As of 22 May 2026" for the head of pages that cannot be filtered. */
export function asOfWords({asOf}: {asOf: string}): string {
  return `As of ${date(asOf)}; days up to then are counted as they were.`;
}
