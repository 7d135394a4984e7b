/** Columns of deals that nothing reads, and columns of deals that no header was found for: what to write where. */
import {type Recognition, unreadHeaders} from "../sources/recognise.ts";
import {spellingsOf} from "../sources/sourceSystem.ts";
import type {Workspace} from "../workspace/schema.ts";

/** What pages ask of a deal, in the order in which it is missed, with its word. */
const MISSED: Readonly<Record<string, string>> = {
  amount: "amount",
  close_on: "close date",
  created_at: "creation date",
  owner_id: "owner",
  account_id: "customer",
  name: "name"
};

export interface Unread {
  /** Headers that nothing reads. */
  headers: string[];
  /** What to write into workspace.yaml for one of them to be read; empty where nothing is to say. */
  advice: string[];
}

/** @param config the workspace as far as it is known: stages have clocks of their own. */
export function unreadColumns(
  {object}: Recognition,
  header: readonly string[],
  config: Pick<Workspace, "pipelines">
): Unread {
  const headers = unreadHeaders(object, header, config).filter((name) => name.trim() !== "");
  const maps = object.maps(config).filter(({table}) => table === "deal");
  if (headers.length === 0 || maps.length === 0) return {headers, advice: []};
  const has = (wanted: string) => spellingsOf(object, wanted).some((each) => header.includes(each));
  const missed = Object.entries(MISSED).flatMap(([column, word]) => {
    const wanted = [...new Set(maps.flatMap((map) => map.columns[column]?.column ?? []))];
    return wanted.length === 0 || wanted.some(has) ? [] : [{word, wanted: wanted[0]!}];
  });
  const [first] = missed;
  const example = JSON.stringify(headers[0]);
  return {
    headers,
    advice: [
      ...(first
        ? [
            `no column was found for ${missed.map(({word, wanted}) => `${word} (${wanted})`).join(", ")}; if one of those not read is it, say so under this file: headers: {${yamlKey(first.wanted)}: [name of the column]}`
          ]
        : []),
      `to keep one as a filter: custom_attributes: [{name: ${attributeName(headers[0]!)}, label: ${example}, table: deal, type: text, slice: true}] beside company, and columns: {${attributeName(headers[0]!)}: ${example}} under this file`
    ]
  };
}

function yamlKey(header: string): string {
  return /^\w+$/.test(header) ? header : JSON.stringify(header);
}

/** @example attributeName("Budgetfreigabe (intern)") // "budgetfreigabe_intern" */
export function attributeName(header: string): string {
  const plain = header
    .replaceAll("ß", "ss")
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  return /^[a-z]/.test(plain) ? plain : `attribute_${plain}`.replace(/_$/, "");
}
