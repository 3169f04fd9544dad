/** A preview of what would be sent: a dialog with every field, in words and as it goes over the wire, and the button that sends it. */

/**
 * @template {object} T
 * @param {T} body which `build` may let the reader change
 * @param {{title: string, what: string, build: (change: () => void) => (Node | null)[], isWhole?: () => boolean,
 *   send: (body: T) => Promise<ToastWords | null>}} parts `send` gives back what went wrong, if anything did
 */
function buildPreview(body, { title, what, build: buildParts, isWhole = () => true, send }) {
  const wire = build("pre", "wire");
  wire.tabIndex = 0;
  const status = build("div", "trouble");
  status.setAttribute("role", "status");
  const sendButton = buildButton(say("feedback_send"), "action main", press);
  const change = () => {
    wire.textContent = JSON.stringify(body, null, 2);
    sendButton.disabled = !isWhole();
  };
  const heading = build("h2", "", title);
  heading.id = "sheet-title";
  const sheet = build(
    "dialog",
    "sheet",
    heading,
    build("p", "", what),
    ...buildParts(change),
    build("details", "wire-details", build("summary", "", say("feedback_wire")), wire),
    status,
    build(
      "div",
      "actions",
      sendButton,
      buildButton(say("feedback_cancel"), "action", () => sheet.close()),
    ),
  );
  sheet.setAttribute("aria-labelledby", heading.id);
  for (const type of ["keydown", "keypress", "keyup", "input", "change"])
    sheet.addEventListener(type, (event) => event.stopPropagation());
  heading.tabIndex = -1;
  heading.autofocus = true;
  change();

  async function press() {
    sendButton.disabled = true;
    status.replaceChildren(say("feedback_sending"));
    const trouble = await send(body);
    if (!trouble) return sheet.close();
    sendButton.disabled = false;
    status.replaceChildren(build("p", "title", trouble.title), build("p", "", trouble.text ?? ""));
  }

  return sheet;
}

/** Closing gives the focus back to where it was, as the browser does for its own dialogs. @param {ReturnType<typeof makeSurface>} surface @param {HTMLDialogElement} sheet */
function openPreview(surface, sheet) {
  surface.add(sheet);
  sheet.addEventListener("close", () => surface.remove(sheet));
  sheet.showModal();
}

/** Every field with its name. @param {[string, string | number | null][]} fields */
function buildFieldList(fields) {
  const rows = fields.map(([name, value]) =>
    build(
      "div",
      "field",
      build("dt", "", name),
      build("dd", "", value === null ? say("feedback_nothing") : String(value)),
    ),
  );
  return build("dl", "fields", ...rows);
}
