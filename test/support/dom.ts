/**
 * The document of tests of components and views, emptied before each file. The files share their worker's modules, some of which listen to
 * its window: jsdom, whose reading costs more than all that most of them ask of it, is read once.
 */
import {JSDOM} from "jsdom";
import {populateGlobal} from "vitest/runtime";

if (!("document" in globalThis)) {
  const {window} = new JSDOM("<!DOCTYPE html>", {pretendToBeVisual: true, url: "http://localhost:3000"});
  populateGlobal(globalThis, window, {bindFunctions: true});
}
document.head.replaceChildren();
document.body.replaceChildren();
document.documentElement.removeAttribute("style");
localStorage.clear();
history.replaceState(null, "", "/");
