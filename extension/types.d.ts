/** Shapes that travel between the server, the background and the page. Names are those of the wire. */

/** The server's four, and the phrases that the reader watches for. */
type FlagFamily = "promise" | "source" | "risk" | "push" | "own";
type CheckState = "checked" | "partly-checked" | "not-checked";
type Setting = "few" | "balanced" | "more";
/** Underlined, or underlined and tinted. */
type Look = "quiet" | "strong";

interface WatchedPhrase {
  phrase: string;
  note: string;
}

/** The reader's own choices. All are kept in `chrome.storage.local` under these names. */
interface Preferences {
  setting: Setting;
  flagsOff: string[];
  look: Look;
  /** Two letters; empty for the region of the browser's language. */
  region: string;
  mutedPhrases: string[];
  mutedSites: string[];
  watched: WatchedPhrase[];
  privateWindows: boolean;
}

type ListName = "flagsOff" | "mutedPhrases" | "mutedSites" | "watched";
type ListItem = string | WatchedPhrase;
type ListEdit = { key: ListName; item: ListItem; isIn: boolean };
/** One change of the reader's choices: a value, or an entry that comes into a list or leaves it. */
type Edit = { key: Exclude<keyof Preferences, ListName>; value: unknown } | ListEdit;

/** A key of the store. `value` is null when it is secret, a number when it counts entries. */
interface StoredKey {
  key: string;
  value: string | number | null;
}

interface WireLink {
  start: number;
  end: number;
  href: string;
  resolved: boolean;
}

interface WireBlock {
  id: string;
  kind: string;
  text: string;
  intro: string | null;
  links: WireLink[];
  element?: number;
}

/** An element that blocks stand in. `parent` is the place of the one around it among the elements sent. */
interface WireElement {
  tag: string;
  parent: number | null;
  id?: string;
  class?: string;
  role?: string;
  hidden?: boolean;
}

/** What the page hands to the background: nothing else ever leaves it. */
interface PageText {
  url: string;
  title: string;
  lang: string | null;
  blocks: WireBlock[];
  elements: WireElement[];
  isCut: boolean;
}

interface Quote {
  exact: string;
  prefix: string;
  suffix: string;
}

interface Evidence {
  start: number;
  end: number;
}

/** Where a source that can carry the claim or quotation was seen. */
type SourceSeen = "sentence" | "block" | "page" | "nowhere";

interface Flag {
  id: string;
  flag: string;
  title: string;
  family: FlagFamily;
  block: string;
  start: number;
  end: number;
  quote: Quote;
  confidence: number | null;
  severity: "low" | "medium" | "high";
  reason: string;
  checks: string[];
  evidence: Evidence[];
  source: SourceSeen | null;
  origin: "model" | "list";
  listed: Listed | null;
  topics: string[];
  look_up: LookUp[];
  explained_at: string | null;
  /** The server's id, where `id` tells apart words that came again. */
  fingerprint?: string;
}

/** What the phrase list of the server's team says of the words; its note is for moderators, and left out. */
interface Listed {
  reason: string;
}

/** Something to check in a minute; the address holds the topic's name and no word of the page. */
interface LookUp {
  text: string;
  href: string | null;
}

interface CardLine {
  text: string;
  sources: number[];
}

interface CardSource {
  n: number;
  publisher: string;
  title: string;
  url: string | null;
  year: number | null;
}

type CardSection = "known" | "unknown" | "risks" | "interactions" | "legal";

interface ContextCard extends Record<CardSection, CardLine[]> {
  id: string;
  title: string;
  sources: CardSource[];
  checked_on: string | null;
  reviewed_by: string | null;
}

interface NoticeLink {
  text: string;
  href: string;
}

interface Notice {
  type: string;
  title: string;
  text: string;
  links: NoticeLink[];
  blocks: string[];
}

/** A flag that the reader's own choices keep from being shown, and which of them. */
interface MutedFlag {
  flag: Flag;
  by: "flag" | "phrase" | "watched";
}

/** The same with those that are shown. */
interface SortedFlag {
  flag: Flag;
  by: MutedFlag["by"] | null;
}

interface Report {
  state: CheckState;
  state_reason: string | null;
  model: string | null;
  /** Ids of the blocks that the server read; null when it read all. */
  main_text: string[] | null;
  flags: Flag[];
  muted: MutedFlag[];
  look: Look;
  /** Whether the page is one of a forum whose moderators use the server. */
  isForum: boolean;
  context: Record<string, ContextCard>;
  notices: Notice[];
}

interface ProblemData {
  code: string;
  hint: string;
}

type Outcome = { ok: true; report: Report } | { ok: false; problem: ProblemData };

/** What a reader does to set something off; `no-always` is the menu on a site that cannot be always checked. */
type Gesture = "click" | "next" | "selection" | "no-always";

/** Why a page is not read, as a problem code, and whether the reader may say "all the same". */
interface Refusal {
  code: string;
  canInsist: boolean;
}

/** One flag as the panel lists it, with its words on the page. `at`: where it stands in the page's text, from 0 to 1. */
interface Finding {
  flag: Flag;
  words: string;
  at: number;
}

/** What a page tells the panel. `lost`: flags whose words are gone; `skipped`: blocks that are no main text, null when unknown. */
interface PageFindings {
  type: "findings";
  phase: "off" | "checking" | "marked" | "clear" | "refused";
  address: string;
  title: string;
  problem: ProblemData | null;
  state: CheckState | null;
  reason: string | null;
  isCut: boolean;
  findings: Finding[];
  /** Ids of the flags whose card is open. */
  open: string[];
  lost: number;
  muted: number;
  skipped: number | null;
  notices: Notice[];
  context: Record<string, ContextCard>;
}

/** Where a flag's words stand in the text of the page's body, in code points. */
interface TextSelectors extends Quote {
  start: number;
  end: number;
}

/** Background to page. `isMuted`: the reader wants to be asked before this site is read; `isAsked`: and has said yes for now. */
type PageMessage =
  | { type: "click"; isMuted?: boolean; isAsked?: boolean }
  | { type: "next"; isMuted?: boolean; isAsked?: boolean }
  | { type: "missing" }
  | { type: "queue" }
  | { type: "selection" }
  | { type: "start" }
  | { type: "wait" }
  | { type: "stop"; origins: string[] }
  | { type: "refuse"; code: string; canInsist: boolean }
  | { type: "finish"; run: number; outcome: Outcome }
  | { type: "findings" }
  | { type: "go-to"; id: string }
  | { type: "selectors" };

type PageReply =
  | { type: "off" }
  | { type: "check"; run: number; page: PageText }
  | { type: "shown"; count: number; isChecked: boolean }
  | { type: "stale" }
  | { type: "went"; isThere: boolean }
  | { type: "selectors"; selectors: Record<string, TextSelectors> }
  | PageFindings;

/** What can be muted from a card, or brought back. The background knows the site from the sender. */
type Mute =
  | { kind: "flag"; value: string }
  | { kind: "phrase"; value: string }
  | { kind: "site" }
  | { kind: "watched"; value: string; note: string };

type Verdict = "wrong" | "right" | "missing";

/** What the page knows of words that the reader judges. */
interface FeedbackDraft {
  verdict: Verdict;
  flag: string;
  text: string;
  fingerprint: string | null;
  confidence: number | null;
  model: string | null;
}

/** What goes over the wire, and nothing else does. */
interface FeedbackBody extends FeedbackDraft {
  id: string;
  url: string | null;
  setting: Setting | null;
  note: string | null;
}

/** What the reader sees before anything is sent. `address` is what the body's `url` becomes when the reader adds it. */
interface FeedbackPreview {
  server: string;
  address: string | null;
  body: FeedbackBody;
  legend: FlagLegend[];
}

type Failed = { ok: false; problem: ProblemData };
type PreviewReply = { ok: true; preview: FeedbackPreview } | Failed;
type SentReply = { ok: true } | Failed;

/** A post as the page groups it. `anchor`: the id of its element, empty when that names nothing. */
interface PostDraft {
  text: string;
  author: string | null;
  anchor: string;
}

/** What goes to the moderators, and nothing else does. */
interface PostBody {
  source: string;
  post_id: string;
  version: number;
  text: string;
  author: string | null;
  url: string | null;
}

/** What became of it. */
type TakenPost = "new" | "changed" | "known" | "old" | "deleted";
type PostPreviewReply = { ok: true; preview: { server: string; body: PostBody } } | Failed;
type PostSentReply = { ok: true; result: TakenPost } | Failed;

type MuteReply = { flags: Flag[]; muted: MutedFlag[] };

/** Page, panel or options page to background. */
type BackgroundMessage =
  | { type: "open-options" }
  | { type: "check-again" }
  | { type: "check-muted" }
  | { type: "left" }
  | { type: "count"; count: number }
  | { type: "arrived"; address: string; isOn: boolean }
  | { type: "insist" }
  | { type: "check-part"; page: PageText; isAsked: boolean }
  | { type: "changed" }
  | { type: "open-panel" }
  | { type: "mute"; mute: Mute; isMuted: boolean; flags: Flag[] }
  | { type: "feedback"; draft: FeedbackDraft }
  | { type: "send-feedback"; server: string; body: FeedbackBody }
  | { type: "post"; draft: PostDraft }
  | { type: "send-post"; server: string; body: PostBody }
  | { type: "status" }
  | { type: "pair"; server: string; code: string }
  | { type: "unpair" }
  /** What `status` tells, without asking the server. */
  | { type: "look" }
  | { type: "edit"; edits: Edit[] }
  | { type: "import"; text: string }
  | { type: "drop-site"; origin: string }
  | { type: "forget-all" };

/** Panel to background. The last three are about a whole site. */
type PanelMessage =
  | { type: "panel-findings"; tab: number }
  | { type: "panel-go-to"; tab: number; id: string }
  | { type: "panel-selectors"; tab: number }
  | { type: "panel-click"; tab: number }
  | { type: "site-state" | "site-always" | "site-once"; origin: string };

/** Whether a site is checked without a click. */
interface SiteState {
  origin: string;
  isAlways: boolean;
  canBeAlways: boolean;
}

/** What came of a check, as far as it is told in words. */
interface Result {
  state: CheckState;
  reason: string | null;
  isCut: boolean;
  /** All that is marked, and how much of it is phrases that the reader watches for. */
  count: number;
  ownCount: number;
  muted: number;
}

/** Those words: what was found, what was not checked and why, and what else there is to say. */
interface ResultWords {
  title: string;
  partly: string;
  told: string[];
}

/** What the panel's reader takes along. */
interface Taken {
  page: PageFindings;
  words: ResultWords;
  selectors: Record<string, TextSelectors>;
  /** Of the extension. */
  version: string;
  /** ISO 8601 in UTC. */
  time: string;
}

interface FlagLegend {
  id: string;
  title: string;
  family: FlagFamily;
}

interface OptionsStatus {
  server: string;
  paired: boolean;
  version: string;
  problem: ProblemData | null;
  flags: FlagLegend[];
  preferences: Preferences;
  /** The region of the browser's language, empty when it names none. */
  browserRegion: string;
  alwaysSites: string[];
  stored: StoredKey[];
  /** What takes back the choices that the message before changed. */
  undo: Edit[];
}

/** A stretch of a block's text and the text node it was read from. */
interface Segment {
  node: Text;
  from: number;
  at: number;
  length: number;
}

interface ReadText {
  text: string;
  segments: Segment[];
}

/** A block as it was read, with its way back to the page. */
interface ReadBlock extends ReadText {
  wire: WireBlock;
}

/** All that is seen of a page. `roots`: what was read, with the shadow trees and the frames in it. */
interface PageBlocks {
  blocks: ReadBlock[];
  elements: WireElement[];
  isCut: boolean;
  roots: Node[];
}

/** An element on the walk through a page, and what comes next in it. */
interface OpenFrame {
  element: Element;
  next: Node | null;
  slotted: Node[] | null;
  rendering: Rendering;
  tag: string;
  isBlock: boolean;
}

/** How an element is shown. */
interface Rendering {
  style: CSSStyleDeclaration;
  display: string;
  position: string;
}

/** An element whose end is not reached. `index`: its place among those that are sent, -1 before it is. */
interface OpenElement {
  element: Element;
  tag: string;
  kind: string;
  parent: OpenElement | null;
  index: number;
}

/** A block that is being read: the innermost element that all its words stand in, how deep that is, and the lowest depth since. */
interface SourceMarks {
  raised: { from: number; link: Element } | null;
  quoted: { from: number; link: Element } | null;
}

interface Draft {
  text: ReturnType<typeof makeBlockText>;
  kind: string;
  element: OpenElement;
  depth: number;
  lowest: number;
  links: { from: number; to: number; link: Element }[];
}

interface Mark {
  flag: Flag;
  block: ReadBlock;
  order: number;
  start: number;
  end: number;
}

/** Marks that overlap: they are told on one card. */
interface Place {
  order: number;
  start: number;
  end: number;
  marks: Mark[];
}

interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Made of marks.css when the packages are built: the rules of the marks, for shadow trees and frames. */
declare function marksCss(): string;

/** Firefox: a page's object as the browser made it, whatever the page did to it. */
declare function XPCNativeWrapper(object: object): unknown;

/** What a reader can do with a flag on its card. */
interface CardActs {
  judge(draft: Omit<FeedbackDraft, "model">): void;
  /** Show what the moderators of this forum would be sent of the post around a mark. */
  sendPost(mark: Mark): void;
  /** `title` names what is muted; `isByKeyboard` whether the focus should go to the way back. */
  mute(mute: Mute, title: string, isByKeyboard: boolean): void;
}
