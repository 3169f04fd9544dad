/** The preview of feedback: what the reader says of a flag, with the address and a note if they like. */

/**
 * @param {FeedbackPreview} preview
 * @param {(body: FeedbackBody) => Promise<ToastWords | null>} send gives back what went wrong, if anything did
 */
function buildSheet(preview, send) {
  const body = { ...preview.body };
  return buildPreview(body, {
    title: say(`feedback_${body.verdict}`),
    what: say("feedback_what", preview.server),
    build: (change) => [
      body.verdict === "missing" ? buildChoice(body, preview.legend, change) : null,
      buildFields(preview),
      buildAddress(body, preview.address, change),
      buildNote(body, change),
    ],
    isWhole: () => body.flag !== "",
    send,
  });
}

/** Every field that the reader does not choose here. @param {FeedbackPreview} preview */
function buildFields({ body, legend }) {
  const { verdict, flag, text, confidence, setting, model, fingerprint, id } = body;
  const known = legend.find((kind) => kind.id === flag)?.title ?? flag;
  return buildFieldList([
    [say("feedback_field_verdict"), say(`feedback_verdict_${verdict}`)],
    ...(verdict === "missing" ? [] : [/** @type {[string, string]} */ ([say("feedback_field_flag"), known])]),
    [say("feedback_field_text"), text],
    [say("feedback_field_confidence"), confidence],
    [say("feedback_field_setting"), setting && say(`setting_${setting}`)],
    [say("feedback_field_model"), model],
    [say("feedback_field_fingerprint"), fingerprint],
    [say("feedback_field_id"), id],
  ]);
}

/** Which flag is missing. @param {FeedbackBody} body @param {FlagLegend[]} legend @param {() => void} change */
function buildChoice(body, legend, change) {
  const choice = build("select", "");
  const empty = build("option", "", say("feedback_choose"));
  empty.value = "";
  choice.append(empty);
  for (const { id, title } of legend) {
    const option = build("option", "", title);
    option.value = id;
    choice.append(option);
  }
  choice.addEventListener("change", () => {
    body.flag = choice.value;
    change();
  });
  return build("label", "ask", build("span", "", say("feedback_field_flag")), choice);
}

/** @param {FeedbackBody} body @param {string | null} address @param {() => void} change */
function buildAddress(body, address, change) {
  if (!address) return null;
  const box = build("input", "");
  box.type = "checkbox";
  box.addEventListener("change", () => {
    body.url = box.checked ? address : null;
    change();
  });
  return build("label", "tick", box, build("span", "", say("feedback_address"), build("span", "address", address)));
}

/** @param {FeedbackBody} body @param {() => void} change */
function buildNote(body, change) {
  const note = build("textarea", "");
  note.maxLength = 500;
  note.rows = 2;
  note.addEventListener("input", () => {
    body.note = note.value.toWellFormed().trim() || null;
    change();
  });
  const hint = build("span", "note", say("feedback_note_hint"));
  return build("label", "ask", build("span", "", say("feedback_note")), note, hint);
}
