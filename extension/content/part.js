/** A part of a page to be sent: the blocks that are new, and those that they cannot be understood without. */

/** Blocks on either side of a new one that are sent with it: the server weighs a sentence beside its neighbours. @returns {number} */
function neighbourReach() {
  return 2;
}

/**
 * @param {PageBlocks} read @param {ReadBlock[]} fresh
 * @returns {PageBlocks}
 */
function partOf(read, fresh) {
  if (fresh.length * 2 > read.blocks.length) return read;
  const chosen = choosePart(
    read.blocks.map((block) => block.wire),
    new Set(fresh.map((block) => block.wire.id)),
  );
  return keepBlocks(
    read,
    read.blocks.filter((_, at) => chosen.has(at)),
  );
}

/**
 * The places of the blocks to send: the new ones, their neighbours, what introduces them, the heading they stand under, the
 * page's headline, and the list of references when they call notes.
 * @param {WireBlock[]} blocks @param {Set<string>} fresh ids
 * @returns {Set<number>}
 */
function choosePart(blocks, fresh) {
  const orders = new Map(blocks.map((block, at) => [block.id, at]));
  const chosen = new Set([blocks.findIndex((block) => block.kind === "h1")]);
  let heading = -1;
  for (const [at, block] of blocks.entries()) {
    if (/^h\d$/.test(block.kind)) heading = at;
    if (!fresh.has(block.id)) continue;
    for (let near = at - neighbourReach(); near <= at + neighbourReach(); near += 1) chosen.add(near);
    chosen.add(heading);
    chosen.add(orders.get(block.intro ?? "") ?? -1);
  }
  const calls = blocks.some((block) => fresh.has(block.id) && block.links.some(({ href }) => /^(?:#|$)/.test(href)));
  if (calls) for (const at of findReferences(blocks)) chosen.add(at);
  return new Set([...chosen].filter((at) => at >= 0 && at < blocks.length));
}

/** The last block that says no more than that sources follow, be it a heading or not, and all up to the next heading. @param {WireBlock[]} blocks @returns {number[]} */
function findReferences(blocks) {
  const names =
    /^\W*(?:references?|sources?|notes|footnotes|endnotes|citations?|bibliography|literature|works cited)\W*$/i;
  const from = blocks.findLastIndex(({ text }) => names.test(text));
  if (from < 0) return [];
  const next = blocks.findIndex(({ kind }, at) => at > from && /^h\d$/.test(kind));
  const end = next < 0 ? blocks.length : next;
  return Array.from({ length: end - from }, (_, at) => from + at);
}

/** A page of these blocks alone, with the elements that they stand in. @param {PageBlocks} read @param {ReadBlock[]} blocks @returns {PageBlocks} */
function keepBlocks(read, blocks) {
  const ids = new Set(blocks.map((block) => block.wire.id));
  const needed = new Set(/** @type {number[]} */ ([]));
  for (const { wire } of blocks) {
    for (
      let at = /** @type {number | null} */ (wire.element ?? 0);
      at !== null && !needed.has(at);
      at = read.elements[at].parent
    ) {
      needed.add(at);
    }
  }
  const order = [...needed].sort((a, b) => a - b);
  const places = new Map(order.map((old, at) => [old, at]));
  const placeOf = (/** @type {number} */ old) => places.get(old) ?? 0;
  return {
    ...read,
    elements: order.map((old) => {
      const { parent } = read.elements[old];
      return { ...read.elements[old], parent: parent === null ? null : placeOf(parent) };
    }),
    blocks: blocks.map((block) => {
      const intro = ids.has(block.wire.intro ?? "") ? block.wire.intro : null;
      return { ...block, wire: { ...block.wire, intro, element: placeOf(block.wire.element ?? 0) } };
    }),
  };
}
