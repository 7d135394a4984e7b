/** A page of a large firm whose dimensions are its own: the build has answered every value of each. */
import type {Answers} from "../figures/pageFigures.js";
import type {FactTable} from "../slices/facts.js";
import type {Reader} from "../slices/partReader.js";
import {answerFile} from "../slices/parts.js";
import type {Filters} from "../slices/select.js";
import type {Dimension, SiteData} from "../slices/site.js";
import type {Loaded} from "./source.js";

export interface AnsweredSource {
  /** With the page's dimensions in place of the workspace's. */
  site: SiteData;
  at(filters: Filters): Promise<Loaded>;
  /** Fetches what these filters would ask for. */
  ahead(filters: Filters): void;
}

/** @param page as its figures are named */
export function answeredSource(
  whole: SiteData,
  page: string,
  dimensions: Dimension[],
  read: Reader
): AnsweredSource {
  const cuts = [[], ...dimensions.map(({key}) => [key])];
  const site = {...whole, dimensions, parts: {...whole.parts!, rows: [], cuts, pairs: [], isAnswered: true}};
  const answersTo = (filters: Filters) => read(`answers/${answerFile(page, dimensions, filters)}`);
  return {
    site,
    async at(filters) {
      const {listed, ...answers} = (await answersTo(filters)) as Answers & {listed: FactTable};
      return {context: {site, facts: {}, listed}, files: {}, answers};
    },
    ahead(filters) {
      // What fails here is asked again when it is wanted.
      answersTo(filters).catch(() => {});
    }
  };
}
