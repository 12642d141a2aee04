// Wakes the islands of a page: loads the client once, then calls, for each `leptos-island` in the
// order of the document, the function that the client exports under the island's name.
import init, * as client from "{{staff.js}}";

/** @param {Element} element */
const island = (element) => element.localName === "leptos-island";
/** @param {Element} element */
const children = (element) => element.localName === "leptos-children";

/**
 * An island's children come from the server; they tell their island when its own turn has come.
 * @param {any} node @param {any[]} parents
 */
async function wake(node, parents) {
  if (island(node)) {
    parents.at(-1)?.$$on_hydrate?.();
    const start = /** @type {Record<string, any>} */ (client)[node.dataset.component];
    if (start) {
      await start(node);
      node.dataset.awake = "";
    } else console.warn(`The client has no island ${node.dataset.component}.`);
  }
  const inner = children(node) ? [...parents, node] : parents;
  for (const child of [...node.children]) await wake(child, inner);
}

await init({ module_or_path: "{{staff.wasm}}" });
client.hydrate();
await wake(document.body, []);
