/**
 * Pages that are never read: data, and the one predicate over it.
 *
 * Nothing of them is read by itself, and a click is answered with the reason first. The lists are wide on purpose: a page
 * refused too much costs the reader one more click, a private page read costs trust. Loopback is not among them: no site
 * can be always checked there, and what this computer serves to itself is often a draft that its reader wants checked.
 */

/** @typedef {"mail" | "chat" | "money" | "patient" | "login" | "intranet" | "admin"} PrivateKind */

/** Hosts with all their subdomains; with a path, only what lies under it. @type {Record<PrivateKind, string>} */
const PLACES = {
  mail:
    "mail.google.com inbox.google.com outlook.live.com outlook.office.com outlook.office365.com outlook.com hotmail.com " +
    "mail.yahoo.com mail.proton.me proton.me/mail app.tuta.com mail.tutanota.com fastmail.com/mail app.fastmail.com " +
    "icloud.com/mail mail.aol.com e.mail.ru mail.yandex.ru mail.yandex.com gmx.net/mail navigator.gmx.net " +
    "navigator.web.de app.hey.com mail.zoho.com mail.zoho.eu posteo.de/inbox mailbox.org/appsuite app.mailbox.org",
  chat:
    "web.whatsapp.com web.telegram.org messenger.com messages.google.com chat.google.com hangouts.google.com " +
    "teams.microsoft.com teams.live.com app.slack.com discord.com/channels app.element.io web.skype.com web.wechat.com " +
    "wx.qq.com web.threema.ch app.wire.com facebook.com/messages instagram.com/direct x.com/messages x.com/i/chat " +
    "twitter.com/messages reddit.com/chat reddit.com/message chat.reddit.com linkedin.com/messaging app.zoom.us " +
    "meet.google.com chatgpt.com claude.ai gemini.google.com copilot.microsoft.com chat.mistral.ai character.ai " +
    "betterhelp.com/chat talkspace.com/room",
  money:
    "paypal.com stripe.com wise.com revolut.com venmo.com cash.app pay.google.com wallet.google.com pay.amazon.com " +
    "klarna.com adyen.com coinbase.com binance.com kraken.com chase.com bankofamerica.com wellsfargo.com citi.com " +
    "capitalone.com americanexpress.com hsbc.com hsbc.co.uk barclays.co.uk lloydsbank.co.uk natwest.com santander.co.uk " +
    "nationwide.co.uk monzo.com n26.com ing.de ing.com comdirect.de postbank.de commerzbank.de ubs.com td.com " +
    "scotiabank.com rbcroyalbank.com bmo.com cibc.com anz.com anz.com.au nab.com.au commbank.com.au westpac.com.au " +
    "elster.de turbotax.intuit.com mint.intuit.com quickbooks.intuit.com",
  patient:
    "nhsapp.service.nhs.uk access.login.nhs.uk patientaccess.com evergreen-life.co.uk systmonline.tpp-uk.com " +
    "followmyhealth.com healow.com onpatient.com patientfusion.com portal.athenahealth.com myuhc.com myquest.questdiagnostics.com " +
    "patient.labcorp.com myhealth.va.gov myhealthrecord.gov.au digitalhealth.gov.au/myhealthrecord my.clevelandclinic.org/mychart " +
    "healthy.kaiserpermanente.org/secure doctolib.de/account doctolib.fr/account 1177.se/mvk sundhed.dk/borger/min-side",
  login:
    "accounts.google.com login.microsoftonline.com login.live.com appleid.apple.com account.apple.com idmsa.apple.com " +
    "auth0.com okta.com onelogin.com duosecurity.com vault.bitwarden.com my.1password.com lastpass.com dashlane.com " +
    "myaccount.google.com passwords.google.com account.microsoft.com login.gov id.me account.proton.me",
  intranet: "sharepoint.com atlassian.net workplace.com myworkday.com service-now.com okta-emea.com zendesk.com/agent",
  admin:
    "console.aws.amazon.com console.cloud.google.com portal.azure.com admin.google.com admin.microsoft.com " +
    "dash.cloudflare.com console.firebase.google.com admin.shopify.com myshopify.com/admin wordpress.com/wp-admin " +
    "app.netlify.com vercel.com/dashboard dashboard.heroku.com cloud.digitalocean.com github.com/settings",
};

/** Words that a label of the host before the site's own name may be. @type {Partial<Record<PrivateKind, RegExp>>} */
const LABELS = {
  mail: /^(?:(?:web|e|my)?-?mail\d*|owa|roundcube|squirrelmail|rainloop|zimbra|horde|imap|inbox)$/,
  chat: /^(?:(?:web|live|my)?-?chat|messages?|messenger|mattermost|rocketchat|matrix|zulip)$/,
  money:
    /^(?:(?:online|e|net|web|home|my|mobile|internet|secure)?-?bank(?:ing)?|pay(?:ments?)?|secure-?pay|checkout|billing|wallet|payroll)$/,
  login: /^(?:log-?in|sign-?in|logon|sso|auth|oauth|idp|adfs|saml|accounts?|identity|passwords?|vault|secure-?login)$/,
  intranet: /^(?:intranet|intra|extranet|corp|internal|vpn|citrix|staff-?net)$/,
  admin:
    /^(?:(?:wp-?)?admin\d*|administration|backend|cpanel|whm|plesk|webmin|phpmyadmin|console|grafana|kibana|jenkins|proxmox|router)$/,
};

/** Words within any label of the host. @type {Partial<Record<PrivateKind, RegExp>>} */
const NAMES = {
  money:
    /(?<!(?:food|blood|milk|sperm|seed|eye|tissue|bio|data|brain|egg|cord|gene|time|river|west|south|north|left)-?)bank(?:ing)?$/,
  patient:
    /^(?:epic)?my-?chart|patient-?(?:portal|access|connect|gateway|online)|my-?health-?(?:record|portal|online)|^(?:my)?portal-?patient/,
};

/** Words that a part of the path may be. @type {Partial<Record<PrivateKind, RegExp>>} */
const PATHS = {
  mail: /^(?:webmail|owa|roundcube|squirrelmail|zimbra)$/,
  money: /^(?:checkouts?|payments?|pay|billing|online-?banking|e-?banking|netbank(?:ing)?)$/,
  patient: /^(?:my-?chart|patient-?portal|my-?health-?record|patient-?(?:login|access))$/,
  login:
    /^(?:(?:user|account|member|wp)?[-_]?(?:log-?in|sign-?in|logon)|sso|saml2?|oauth2?|auth|authorize|2fa|mfa|(?:(?:reset|forgot|change|lost)-?)?password|password-?reset)(?:\.\w+)?$/i,
  admin: /^(?:wp-admin|administrator|admin|phpmyadmin|cpanel|whm|webmin|adminer(?:\.php)?|siteadmin|django-admin)$/,
};

/** Endings of names that only a home or a company knows. */
const LOCAL_ENDINGS = /\.(?:local|internal|corp|lan|home|intranet|private|localdomain|home\.arpa|onion)$/;
const LOCAL_ADDRESSES =
  /^(?:0\.|10\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|192\.168\.|\[f[cde]|\[::ffff:|\[::\])/;
const LOOPBACK = /^(?:127\.|\[::1\]$|(?:.+\.)?localhost$)/;
/** cPanel and its relatives, Webmin. */
const ADMIN_PORTS = ["2082", "2083", "2086", "2087", "2095", "2096", "10000"];

/**
 * Why a page is not read, or null for one that may be.
 * @param {string} address
 * @returns {PrivateKind | null}
 */
export function whyNeverRead(address) {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.protocol !== "http:" && url.protocol !== "https:") return null;
  const host = url.hostname.replace(/\.$/, "");
  if (LOOPBACK.test(host)) return null;
  if (isLocal(host)) return "intranet";
  const parts = partsOf(url);
  const place = Object.entries(PLACES).find(([, list]) => list.split(" ").some((one) => isUnder(host, parts, one)));
  if (place) return /** @type {PrivateKind} */ (place[0]);
  return whyByName(host) ?? whyByPath(parts) ?? (ADMIN_PORTS.includes(url.port) ? "admin" : null);
}

/** @param {string} host */
function isLocal(host) {
  if (LOCAL_ADDRESSES.test(host) || LOCAL_ENDINGS.test(host)) return true;
  return !host.includes(".") && !host.startsWith("[");
}

/** The parts of the path, and those of a path that an application keeps in the fragment. @param {URL} url */
function partsOf({ pathname, hash }) {
  const path = /^#!?\//.test(hash) ? `${pathname}/${hash}` : pathname;
  return path
    .toLowerCase()
    .split(/[/#!?&]+/)
    .filter(Boolean);
}

/** @param {string} host @param {string[]} parts of the path @param {string} place */
function isUnder(host, parts, place) {
  const [name, ...path] = place.split("/");
  return (host === name || host.endsWith(`.${name}`)) && path.every((part, at) => parts[at] === part);
}

/** @param {string} host @returns {PrivateKind | null} */
function whyByName(host) {
  const labels = host.split(".");
  if (labels.at(-1) === "bank") return "money";
  return find(NAMES, labels.slice(0, -1)) ?? find(LABELS, labels.slice(0, -2));
}

/** Only near the root: deeper in it, an article may be called anything. @param {string[]} parts @returns {PrivateKind | null} */
function whyByPath(parts) {
  return find(PATHS, parts[0] === "wiki" ? [] : parts.slice(0, 3));
}

/** @param {Partial<Record<PrivateKind, RegExp>>} rules @param {string[]} words */
function find(rules, words) {
  const found = Object.entries(rules).find(([, rule]) => words.some((word) => rule.test(word)));
  return found ? /** @type {PrivateKind} */ (found[0]) : null;
}
