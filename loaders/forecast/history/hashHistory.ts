/** What a history holds, as one hash: whether a model was fitted on just this. */
import {createHash, type Hash} from "node:crypto";
import type {PipelineHistory} from "./pipelineHistory.ts";

/** SHA-256 of every deal, state and word of a history, in hexadecimal. The same content has the same hash on any machine of the same byte order. */
export function hashHistory(history: PipelineHistory): string {
  const hash = createHash("sha256");
  const {asOf, firstMonth, dealIds, createdOn, attributes, stages, owners} = history;
  text(hash, JSON.stringify({asOf, firstMonth, stages, owners}));
  for (const id of dealIds) text(hash, id);
  numbers(hash, createdOn);
  for (const [name, {label, words, codes}] of Object.entries(attributes)) {
    text(hash, JSON.stringify([name, label, words]));
    numbers(hash, codes);
  }
  const {spanStart, from, outcome, stage, amount, closeOn, owner, category, wonOn} = history;
  for (const column of [spanStart, from, outcome, stage, amount, closeOn, owner, category, wonOn])
    numbers(hash, column);
  return hash.digest("hex");
}

/** Each text with its length before it, so that two lists that read the same joined are not taken for one. */
function text(hash: Hash, value: string): void {
  hash.update(`${value.length}:${value}`);
}

function numbers(hash: Hash, {buffer, byteOffset, byteLength, length}: ArrayBufferView & {length: number}) {
  hash.update(`${length}:`);
  hash.update(new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength));
}
