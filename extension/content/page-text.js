/** What is told of a page beside its blocks. */

/** All that is told of a page: its words and where they stand, its address without query and fragment, its title and language. @param {PageBlocks} read */
function pageText({ blocks, elements, isCut }) {
  const lang = attributeOf(pageRoot(), "lang");
  return {
    url: tellableAddress(),
    title: pageTitle(),
    lang: /^[a-z]{2,3}(?:[-_][a-z0-9]{1,8})*$/i.test(lang) ? lang : null,
    blocks: blocks.map((block) => block.wire),
    elements,
    isCut,
  };
}

/** The address that may be told: without query and fragment. */
function tellableAddress() {
  return `${location.origin}${location.pathname}`.slice(0, 8000);
}

function pageTitle() {
  return String(readDocument("title")).toWellFormed().slice(0, 1000);
}
