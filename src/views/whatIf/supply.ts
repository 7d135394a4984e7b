/** The engine's data, and of a large firm what a question needs beside them, fetched when it is asked. */
import {type ApartIndex, neededParts, partsOfNames, putBack, putNames} from "../../scenario/apart.js";
import {dealsById, type FoundDeal, findDeals} from "../../scenario/findDeals.js";
import type {ScenarioInput} from "../../scenario/input.js";
import {type PackedInput, unpackInput} from "../../scenario/packedInput.js";
import type {Scenario} from "../../scenario/scenario.js";
import {foundIn, LETTERS, type Shard, shardFile, shardFor, wordsOf} from "../../slices/dealSearch.js";
import {partReader, type Reader} from "../../slices/partReader.js";
import type {Place} from "./answers.js";

const MOST_FOUND = 200;

export interface Supply {
  input: ScenarioInput;
  /** Fetches what the scenarios ask of. */
  ready(scenarios: readonly Scenario[]): Promise<unknown>;
  deals(text: string): FoundDeal[] | Promise<FoundDeal[]>;
  names(ids: readonly string[]): FoundDeal[] | Promise<FoundDeal[]>;
}

/** Fetches the input. @throws when it cannot be read */
export async function openSupply({url, version, page}: Place): Promise<Supply> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the data of the scenarios cannot be fetched: ${response.status}`);
  const packed = ((await response.json()) as {input: PackedInput}).input;
  const input = unpackInput(packed);
  if (!packed.apart || version === null)
    return {
      input,
      ready: async () => {},
      deals: (text) => findDeals(input, text),
      names: (ids) => dealsById(input, ids)
    };
  return inParts(input, packed.apart, partReader(version, page));
}

function inParts(input: ScenarioInput, index: ApartIndex, read: Reader): Supply {
  putNames(input, index.listed);
  const known = new Map<string, Promise<void>>();
  const fetched = (files: readonly string[]) =>
    Promise.all(
      files.map((file) => {
        const found = known.get(file) ?? read(file).then((part) => putBack(input, file, part));
        known.set(file, found);
        found.catch(() => known.delete(file));
        return found;
      })
    );
  return {
    input,
    ready: (scenarios) => fetched(scenarios.flatMap((scenario) => neededParts(index, scenario))),
    deals: (text) => search(input, text, read),
    names: (ids) => fetched(partsOfNames(index, ids)).then(() => dealsById(input, ids))
  };
}

/** The largest deals until enough letters of a word are typed, then all that have such words. */
async function search(input: ScenarioInput, text: string, read: Reader): Promise<FoundDeal[]> {
  if (!wordsOf(text).some((word) => [...word].length >= LETTERS)) return findDeals(input, "");
  const key = shardFor(text, (await read("search/index")) as Record<string, number>);
  if (key === null) return [];
  return foundIn((await read(shardFile(key))) as Shard, text)
    .slice(0, MOST_FOUND)
    .map(([id, name, , , cents]) => ({id, name, amount: (cents ?? 0) / 100}));
}
