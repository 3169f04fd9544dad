/**
 * The text of one block as the page shows it, with a way back to the text nodes.
 *
 * White space collapses as CSS says, and hard blanks with it, as in classifier/reading/drafts.py; soft hyphens and zero-width spaces, which nobody sees, are dropped. Offsets count
 * UTF-16 units, as everything in a browser does. Lone surrogates become U+FFFD, as they do on the wire.
 */

/** A run of blanks (wide and hard ones too), of unseen characters, or of words with one plain space between each two. */
function textRuns() {
  return /[^\S\ufeff]+|[\u00ad\u200b\u2060\ufeff]+|[^\s\u00ad\u200b\u2060]+(?: [^\s\u00ad\u200b\u2060]+)*/g;
}

/** Whether nothing of a text can be seen. @param {string} text */
function isBlankText(text) {
  return !/[^\s\u00ad\u200b\u2060]/.test(text);
}

function makeBlockText() {
  let text = "";
  /** @type {Segment[]} */
  const segments = [];
  /** @type {{node: Text, from: number} | null} */
  let space = null;
  /** Whether a blank would be one too many; told beside the text, which grows faster while nobody looks into it. */
  let endsBlank = true;

  /** @param {Text} node @param {number} from @param {string} piece */
  function append(node, from, piece) {
    const last = segments.at(-1);
    if (last && last.node === node && last.from + last.length === from && last.at + last.length === text.length) {
      last.length += piece.length;
    } else {
      segments.push({ node, from, at: text.length, length: piece.length });
    }
    text += piece;
    endsBlank = / |\n/.test(piece[piece.length - 1]);
  }

  function appendSpace() {
    if (space && !endsBlank) append(space.node, space.from, " ");
    space = null;
  }

  return {
    /** Where the next word will begin, or just before the space in front of it. */
    get length() {
      return text.length;
    },
    /** All words so far. */
    get shown() {
      return text;
    },
    /** @param {Text} node @param {string} data @param {"collapse" | "lines" | "keep"} spaces */
    add(node, data, spaces) {
      for (const { 0: run, index } of data.matchAll(textRuns())) {
        const isSpace = /^[^\S\ufeff]/.test(run);
        if (isSpace && (spaces === "collapse" || (spaces === "lines" && !run.includes("\n")))) {
          space ??= { node, from: index };
        } else if (isSpace) {
          space = null;
          // A line break right at the start of preformatted text is none.
          const from = spaces === "lines" ? run.indexOf("\n") : Number(!text && run.startsWith("\n"));
          const piece = spaces === "keep" ? run.slice(from) : "\n";
          if (piece && (text || spaces === "keep")) append(node, index + from, piece);
        } else if (!/^[\u00ad\u200b\u2060\ufeff]/.test(run)) {
          appendSpace();
          append(node, index, run);
        }
      }
    },
    /** What the page shows without a text node, such as the marks around `<q>`. @param {string} shown */
    addShown(shown) {
      appendSpace();
      text += shown;
      endsBlank = false;
    },
    addBreak() {
      space = null;
      if (text) text += "\n";
      endsBlank = true;
    },
    /** @returns {ReadText} */
    finish() {
      return { text: text.trimEnd().toWellFormed(), segments };
    },
  };
}

/**
 * Where a stretch of a block stands in the page, or null when it stands nowhere.
 * @param {Segment[]} segments in order @param {number} start @param {number} end
 */
function findNodes(segments, start, end) {
  const first = segments.find((segment) => segment.at + segment.length > start);
  const last = segments.findLast((segment) => segment.at < end);
  if (!first || !last || first.at >= end) return null;
  return {
    startNode: first.node,
    startOffset: first.from + Math.max(0, start - first.at),
    endNode: last.node,
    endOffset: last.from + Math.min(last.length, end - last.at),
  };
}

/**
 * Whether the page still shows what was read there.
 * @param {ReadText} read @param {number} start @param {number} end
 */
function isIntact({ text, segments }, start, end) {
  return segments.every((segment) => {
    if (segment.at >= end || segment.at + segment.length <= start) return true;
    if (!isConnected(segment.node)) return false;
    const shown = segment.node.data.slice(segment.from, segment.from + segment.length).replace(/\s/g, " ");
    const read = text.slice(segment.at, segment.at + segment.length).replace(/\s/g, " ");
    // Spaces at the block's end were trimmed away after they were read.
    return shown.toWellFormed().startsWith(read);
  });
}
