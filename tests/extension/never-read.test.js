import assert from "node:assert/strict";
import { test } from "node:test";
import { whyNeverRead } from "../../extension/background/never-read.js";

/** @type {Record<string, string[]>} */
const PRIVATE = {
  mail: [
    "https://mail.google.com/mail/u/0/#inbox",
    "https://webmail.uni.example/",
    "https://x.example/owa/",
    "https://www.icloud.com/mail",
  ],
  chat: [
    "https://web.whatsapp.com/",
    "https://discord.com/channels/@me",
    "https://x.com/messages",
    "https://chat.club.example/",
  ],
  money: [
    "https://www.paypal.com/signin",
    "https://onlinebanking.example.com/",
    "https://www.riverbank.example.com/pay/now",
    "https://hillbank.com/",
    "https://my.credit.bank/",
    "https://shop.example/checkout/2",
    "https://shop.example/checkouts",
  ],
  patient: [
    "https://mychart.example.org/",
    "https://clinic.example/mychart/home",
    "https://patient-portal.example.org/",
  ],
  login: [
    "https://accounts.google.com/",
    "https://example.org/Login.aspx",
    "https://example.org/en/sign-in",
    "https://example.org/app#/login",
    "https://example.org/forgot-password",
    "https://sso.example.org/x",
  ],
  intranet: [
    "http://192.168.0.1/",
    "http://10.1.2.3:8080/x",
    "http://172.31.255.1/",
    "http://0xC0A80001/",
    "http://3232235521/",
    "http://100.64.0.9/",
    "http://169.254.1.1/",
    "http://[fd00::1]/",
    "http://[fe80::1]/",
    "http://[::ffff:192.168.0.1]/",
    "https://wiki/",
    "https://nas.local/",
    "https://hr.acme.corp./",
    "https://a.internal/",
    "https://router.home.arpa/",
    "https://intranet.example.org/",
    "https://team.sharepoint.com/sites/x",
  ],
  admin: [
    "https://example.org/wp-admin/",
    "https://example.org:2083/",
    "https://admin.example.org/",
    "https://console.aws.amazon.com/",
  ],
};

const PUBLIC = [
  "https://www.nhs.uk/conditions/migraine/",
  "https://example.org/blog/password-tips-for-patients",
  "https://en.wikipedia.org/wiki/Login",
  "https://patient.info/doctor/turmeric",
  "https://www.foodbank.org.uk/recipes",
  "https://www.blood-bank.example/donate",
  "https://brainbank.example/",
  "https://example.org/health/mail-order-vitamins",
  "https://www.dailymail.example/health",
  "https://mail.ru/",
  "https://example.org/admin-burden-in-hospitals",
  "https://172.32.0.1/",
  "https://100.128.0.1/",
  "https://11.0.0.1/",
  "https://fdic.example/",
  "https://discord.com/blog",
  "https://www.facebook.com/groups/herbs",
  "https://paymentsnews.example/",
  "https://example.org/articles/2026/deep/down/login",
  "http://127.0.0.1:8000/draft.html",
  "http://localhost:8000/draft.html",
  "file:///home/x/page.html",
  "chrome://settings",
  "no address",
];

test("private pages are told by their address, with their kind", () => {
  for (const [kind, addresses] of Object.entries(PRIVATE)) {
    for (const address of addresses) assert.equal(whyNeverRead(address), kind, address);
  }
});

test("what only looks like one is read", () => {
  for (const address of PUBLIC) assert.equal(whyNeverRead(address), null, address);
});

test("no host of the list is hidden by letter case, subdomains, ports or a last dot", () => {
  for (const address of [
    "https://MAIL.GOOGLE.COM/",
    "https://a.mail.google.com/",
    "https://mail.google.com:8443/",
    "https://mail.google.com./",
  ]) {
    assert.equal(whyNeverRead(address), "mail", address);
  }
  assert.equal(whyNeverRead("https://notmail.google.com.example.org/"), null);
});

test("the longest address takes no longer than its length", () => {
  const start = performance.now();
  whyNeverRead(`https://example.org/${"-bank".repeat(200_000)}`);
  whyNeverRead(`https://${"a.".repeat(100)}example.org/${"login-".repeat(200_000)}#/${"/x".repeat(200_000)}`);
  assert.ok(performance.now() - start < 1000);
});
