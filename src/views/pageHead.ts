/** The head of every page: its question and answer, whether the firm is real, and for whom the site is. */
import {type Content, PageAnswer} from "../components/answer.js";
import type {SiteData} from "../slices/site.js";
import {audienceWords} from "./audienceWords.js";

export interface PageHeadProps {
  question: string;
  /** Null while there is not enough data. */
  answer: Content | null;
}

export function PageHead(site: SiteData, {question, answer}: PageHeadProps): HTMLElement {
  const {isSynthetic: synthetic, company} = site;
  return PageAnswer({question, answer, synthetic, company, audience: audienceWords(site)});
}
