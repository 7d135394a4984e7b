/** What all Salesforce objects share: ids of two lengths, deleted rows, API names beside snake_case copies and labels. */
import {may, must, type SourceObject, snakeCase} from "../sourceSystem.ts";

/** Reports write ids with 15 characters, interfaces with 18. */
export const ID = {short_id: true};

export const id = (header: string) => must(header, ID);
export const mayId = (header: string) => may(header, ID);

/** Deleted rows, and those a warehouse copy keeps of earlier syncs. */
export const LIVE = {
  IsDeleted: ["true", "TRUE", "True", "1"],
  _fivetran_deleted: ["true", "TRUE", "True", "1"],
  _fivetran_active: ["false", "FALSE", "False", "0"]
};

/** Forecast categories: `Forecast` is the API's word for commit. */
export const CATEGORY = {Forecast: "commit", BestCase: "best_case", MostLikely: "most_likely"};

export interface SalesforceObject extends Omit<SourceObject, "spellings"> {
  /** API name to labels in reports. */
  labels?: Readonly<Record<string, readonly string[]>>;
}

/** An object whose headers may also be labels of reports, or snake_case as warehouse copies have them. */
export function salesforceObject({labels = {}, ...object}: SalesforceObject): SourceObject {
  return {...object, spellings: (header) => [snakeCase(header), ...(labels[header] ?? [])]};
}
