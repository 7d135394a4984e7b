/** For whom a site is built, where it is not the firm's own: its pages are a part of all. */
export interface SiteAudience {
  /** The site's key: an audience of workspace.yaml, or one of its sites. */
  key: string;
  title: string;
  /** Names of its pages, as workspace.yaml lists them (src/slices/sitePages.ts). */
  pages: readonly string[];
}
