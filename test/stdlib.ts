/** Stands in for Framework's standard library in unit tests of components. */
export const files = new Map<string, unknown>();

export function FileAttachment(name: string) {
  return {name, href: name, json: async () => structuredClone(files.get(name))};
}

export function resize(render: (width: number, height: number) => Node): HTMLElement {
  const div = document.createElement("div");
  div.append(render(640, 400));
  return div;
}
