/** Messages from the background, each answered by one function of the page. */

/**
 * @typedef {PageReply | Promise<PageReply>} Answer
 * @typedef {{[T in PageMessage["type"]]: (message: Extract<PageMessage, {type: T}>) => Answer}} Answers
 */

/** @param {Answers} answers */
function hearBackground(answers) {
  chrome.runtime.onMessage.addListener((/** @type {PageMessage} */ message, sender, reply) => {
    // The background alone may ask; other content scripts of ours, in other tabs, have nothing to say here.
    if (sender.id !== chrome.runtime.id || sender.tab || !Object.hasOwn(answers, message.type)) return false;
    const answer = /** @type {(message: PageMessage) => Answer} */ (answers[message.type]);
    new Promise((done) => done(answer(message))).then(reply, (error) => {
      // Who asked must not wait for ever; the fault itself goes on to the browser's log.
      reply({ type: "stale" });
      throw error;
    });
    // The browser keeps the line open for what is answered later.
    return true;
  });
}
