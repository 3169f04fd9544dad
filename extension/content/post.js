/** Which element a page groups a forum's post in, told by what forum programs and the standards for markup call it. */

/**
 * What holds a post's words only: the names in classifier/reading/comments.py, and three by which blogs call an article's or a
 * comment's text too. Those make no page a thread there, but inside of a post they are where its words stand.
 * @param {string} name of a class
 */
function isHolderName(name) {
  return (
    /^(?:cooked|postbody|post-message|postcontent|post-content|post-text|bbwrapper|message-body|messagecontent)$/.test(
      name,
    ) ||
    /^(?:messagetext|forum-post-content|forum-post-body|topic-post-body|bbp-(?:reply|topic)-content|usertext-body)$/.test(
      name,
    ) ||
    /^(?:js-post-body|answer-body|post-entry-content|comment-copy|comment-content|comment-text|thread-post-content)$/.test(
      name,
    )
  );
}

/** The same as a plain name: lower case, without a number at its end. @param {string} name */
function plainName(name) {
  return name
    .toLowerCase()
    .replaceAll("_", "-")
    .replace(/-?\d+$/, "");
}

/** @param {Element} element */
function isHolder(element) {
  return (
    /(?:^|\s)(?:text|articlebody|commenttext|reviewbody)(?:\s|$)/i.test(attributeOf(element, "itemprop")) ||
    classNames(element).some((name) => isHolderName(plainName(name)))
  );
}

/** Whether an element is one post, as far as it says so. @param {Element} element */
function isPost(element) {
  const tag = tagOf(element);
  if (/^(?:html|body|main|h[1-6])$/.test(tag) || isHolder(element)) return false;
  if (tag === "article" || roleOf(element) === "article" || /^[a-z]+-(?:comment|post|reply)$/.test(tag)) return true;
  const type = /schema\.org\/(?:Comment|Answer|Question|DiscussionForumPosting|SocialMediaPosting|Review)\b/;
  if (type.test(attributeOf(element, "itemtype"))) return true;
  const named = ["data-post-id", "data-comment-id", "data-message-id"];
  if (tag !== "a" && tag !== "button" && named.some((name) => attributeOf(element, name) !== "")) return true;
  return [...classNames(element), attributeOf(element, "id")].some((name) =>
    /^(?:(?:forum|topic|thread|wall|user)-?)?(?:post|comment|reply|message|answer)$/.test(plainName(name)),
  );
}

/** @param {Element} element @returns {string[]} */
function classNames(element) {
  return attributeOf(element, "class").split(/\s+/).filter(Boolean);
}

/** The elements around a node, the innermost first, out of shadow trees and frames too. No post lies deeper than these many. @param {Node} node @returns {Element[]} */
function elementsAround(node) {
  const around = [];
  for (let at = /** @type {Node | null} */ (node); at && around.length < 200; ) {
    at = parentElementOf(at) ?? holderOf(at);
    if (at) around.push(/** @type {Element} */ (at));
  }
  return around;
}

/** The post that a node stands in. @param {Node} node @returns {Element | null} null when the page does not tell */
function postAround(node) {
  return elementsAround(node).find(isPost) ?? null;
}

/** What of a post holds its words: an element for them alone, or all of it. @param {Node} node @param {Element} post */
function holderAround(node, post) {
  const around = elementsAround(node);
  return around.slice(0, around.indexOf(post)).find(isHolder) ?? post;
}

/** The id by which a post's element is known, if it is known by it alone. @param {Element} post */
function anchorOf(post) {
  const id = attributeOf(post, "id");
  const root = /** @type {Document | ShadowRoot | Element} */ (rootOf(post));
  return id && allWithin(root, `[id="${CSS.escape(id)}"]`).length === 1 ? id : "";
}

/**
 * Who wrote a post: the one name that the page's markup gives for it. A name that merely stands there may be anybody's.
 * @param {Element} post @returns {string | null}
 */
function authorOf(post) {
  const told = attributeOf(post, "data-author");
  const marked = allWithin(post, '[itemprop~="author"], [rel~="author"], .p-author')
    .filter((element) => postAround(element) === post)
    .map(nameIn);
  const names = new Set([told, ...marked].map((name) => name.replace(/\s+/g, " ").trim()).filter(Boolean));
  const [name = ""] = names;
  return names.size === 1 && name.length <= 100 ? name.toWellFormed() : null;
}

/** @param {Element} author */
function nameIn(author) {
  const [name = author] = allWithin(author, '[itemprop~="name"], .p-name');
  return attributeOf(name, "content") || String(Reflect.get(Node.prototype, "textContent", name) ?? "");
}
