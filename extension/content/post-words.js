/** The words of one post, as the page shows them, without what stands around them in its element. */

/** @returns {number} UTF-16 units that a post may have; what is longer is no single post */
function postLimit() {
  return 100_000;
}

/**
 * The post around a node.
 * @param {Node} node @param {string} own the words that are meant, which are all where the page tells no posts apart
 * @returns {Promise<PostDraft>}
 */
async function readPostAround(node, own) {
  const lone = { text: own, author: null, anchor: "" };
  const post = postAround(node);
  if (!post) return lone;
  const holder = holderAround(node, post);
  const { blocks } = await readBlocksOf(holder);
  const words = blocks.filter(
    (block) => isBlockOf(block, post) && (block.text === own || !isBesideWords(block, holder)),
  );
  const text = words.map(lineOf).join("\n\n");
  if (!text || text.length > postLimit()) return lone;
  return { text, author: authorOf(post), anchor: anchorOf(post) };
}

/** Whether a block belongs to this post, and not to one that is nested in it. @param {ReadBlock} block @param {Element} post */
function isBlockOf({ segments }, post) {
  return segments.length > 0 && postAround(segments[0].node) === post;
}

/** Whether all of a block is who, when, or what can be done with the post. @param {ReadBlock} block @param {Element} holder */
function isBesideWords({ segments }, holder) {
  return segments.every(({ node }) => {
    const around = elementsAround(node);
    const within = around.slice(0, around.indexOf(holder));
    return within.some(isBeside);
  });
}

/** @param {Element} element */
function isBeside(element) {
  if (/^(?:header|footer|nav|address|time|menu)$/.test(tagOf(element))) return true;
  if (/^(?:toolbar|navigation|menu)$/.test(roleOf(element))) return true;
  if (/(?:^|\s)author(?:\s|$)/.test(`${attributeOf(element, "rel")} ${attributeOf(element, "itemprop")}`)) return true;
  return classNames(element).some((name) =>
    /^(?:post-?|message-?)?(?:author|byline|signature|username|timestamp)$/.test(plainName(name)),
  );
}

/** A block as plain text. What is quoted of others has the sign by which mail and forums know it. @param {ReadBlock} block */
function lineOf({ text, wire }) {
  if (wire.kind === "blockquote") return text.replace(/^/gm, "> ");
  return wire.kind === "li" ? `- ${text}` : text;
}
