// On a tablet the guide and the tablet's own screen take each other's place: a swipe to the side must not lead visitors
// back to a page that staff have read. Without this script the links still lead where they say.
addEventListener("click", (event) => {
  const link = /** @type {Element | null} */ (event.target)?.closest("a");
  const stays = event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!link || link.origin !== location.origin || stays) return;
  event.preventDefault();
  location.replace(link.href);
});
