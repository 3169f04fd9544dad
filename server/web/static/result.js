/**
 * The result page: a click or Enter on a mark opens its card beside it, and a new setting marks again at once.
 * Without this script a mark leads to its finding in the list.
 */

const GAP = 8;
const NARROW = window.matchMedia("(max-width: 60rem)");
const card = document.getElementById("card");
let openMark = null;

/** Copies of the findings of a mark, without ids, all open. */
function findingsOf(mark) {
  return mark.dataset.findings
    .trim()
    .split(" ")
    .map((number) => {
      const copy = document.createElement("div");
      copy.className = "finding";
      copy.append(...[...document.getElementById(`finding-${number}`).childNodes].map((node) => node.cloneNode(true)));
      copy.querySelector("details").open = true;
      return copy;
    });
}

/** Below the last line of the mark, or above its first where there is more room. On narrow screens CSS puts the card at the bottom. */
function place(mark) {
  card.style.left = card.style.top = "";
  if (NARROW.matches) return;
  const lines = mark.getClientRects();
  const first = lines[0];
  const last = lines[lines.length - 1];
  const { offsetWidth: width, offsetHeight: height } = card;
  const roomBelow = window.innerHeight - last.bottom - GAP;
  const top = height <= roomBelow || roomBelow >= first.top ? last.bottom + GAP : first.top - GAP - height;
  const left = Math.min(last.left, document.documentElement.clientWidth - width - GAP);
  card.style.top = `${Math.max(GAP, Math.min(top, window.innerHeight - height - GAP))}px`;
  card.style.left = `${Math.max(GAP, left)}px`;
}

function open(mark) {
  openMark?.classList.remove("is-open");
  openMark = mark;
  mark.classList.add("is-open");
  card.querySelector(".card-body").replaceChildren(...findingsOf(mark));
  card.showPopover();
  place(mark);
  card.querySelector("h2").focus({ preventScroll: true });
}

if (card && "showPopover" in card) {
  document.querySelector(".paper").addEventListener("click", (event) => {
    const mark = event.target.closest(".mark");
    if (!mark || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(mark);
  });
  card.addEventListener("toggle", (event) => {
    if (event.newState !== "closed" || !openMark) return;
    openMark.classList.remove("is-open");
    // A click elsewhere keeps its own focus; Escape and the Close button give it back to the mark.
    if (card.contains(document.activeElement) || document.activeElement === document.body) openMark.focus();
    openMark = null;
  });
  window.addEventListener("resize", () => openMark && place(openMark));
  window.addEventListener("scroll", () => openMark && place(openMark), { passive: true });
}

for (const radio of document.querySelectorAll(".again input[type=radio]")) {
  radio.addEventListener("change", () => radio.form.requestSubmit());
}
