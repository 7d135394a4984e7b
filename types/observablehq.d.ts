/** What Framework provides to modules; pages get these as globals. */
declare module "observablehq:stdlib" {
  export interface FileAttachment {
    name: string;
    href: string;
    json<T = unknown>(): Promise<T>;
    text(): Promise<string>;
    arrayBuffer(): Promise<ArrayBuffer>;
  }
  export function FileAttachment(name: string): FileAttachment;
  export function resize(render: (width: number, height: number) => Node): HTMLElement;
}

/** htl 0.3 ships no types. */
declare module "htl" {
  type Tag<T> = (strings: TemplateStringsArray, ...values: unknown[]) => T;
  export const html: Tag<HTMLElement> & {fragment: Tag<DocumentFragment>};
  export const svg: Tag<SVGElement> & {fragment: Tag<DocumentFragment>};
}

/** What runs a page's cells; comes with Framework and ships no types. Tests only. */
declare module "@observablehq/runtime" {
  interface Observer {
    fulfilled?(value: unknown): void;
    rejected?(error: unknown): void;
  }
  interface Variable {
    define(name: string, inputs: readonly string[], definition: (...inputs: never[]) => unknown): Variable;
  }
  export class Runtime {
    module(): {
      variable(observer?: Observer): Variable;
      redefine(name: string, inputs: readonly string[], definition: () => unknown): void;
    };
    dispose(): void;
  }
}
