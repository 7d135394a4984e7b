/** Readies a part of the page for print and undoes it after; forgets parts that have left the page. */
export function aroundPrint(root: HTMLElement, before: () => void, after: () => void = () => {}): void {
  const listen = (event: "beforeprint" | "afterprint", act: () => void) => {
    const print = () => {
      if (root.isConnected) act();
      else window.removeEventListener(event, print);
    };
    window.addEventListener(event, print);
  };
  listen("beforeprint", before);
  listen("afterprint", after);
}
