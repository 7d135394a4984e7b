/** The address that GitHub gives to a heading on its page: `## Money, to the cent` is at #money-to-the-cent. */
export const addressOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}_\- ]/gu, "")
    .replaceAll(" ", "-");
