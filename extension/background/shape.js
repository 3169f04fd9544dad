/** Small readers of unknown JSON. Each gives a value of the wanted type or throws `ShapeError`; nothing is trusted before. */

export class ShapeError extends Error {}

const TEXT_LENGTH = 20_000;

/** @param {unknown} value @returns {Record<string, unknown>} */
export function readObject(value) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new ShapeError("object wanted");
  return /** @type {Record<string, unknown>} */ (value);
}

/** @param {unknown} value @returns {string} */
export function readText(value) {
  if (typeof value !== "string" || value.length > TEXT_LENGTH) throw new ShapeError("text wanted");
  return value;
}

/** @param {unknown} value @returns {string | null} */
export function readTextOrNull(value) {
  return value === null || value === undefined ? null : readText(value);
}

/** @param {unknown} value @returns {number} a whole number from zero on */
export function readCount(value) {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) throw new ShapeError("count wanted");
  return value;
}

/** @param {unknown} value @returns {number | null} from nothing to one */
export function readShareOrNull(value) {
  if (value === null || value === undefined) return null;
  if (typeof value !== "number" || !(value >= 0 && value <= 1)) throw new ShapeError("number from 0 to 1 wanted");
  return value;
}

/**
 * @template T
 * @param {unknown} value @param {(item: unknown) => T} read
 * @returns {T[]}
 */
export function readList(value, read) {
  if (!Array.isArray(value)) throw new ShapeError("list wanted");
  return value.map(read);
}

/**
 * The items that have the right shape; the others are left out.
 * @template T
 * @param {unknown} value @param {(item: unknown) => T} read
 * @returns {T[]}
 */
export function readGoodItems(value, read) {
  return readList(value, (item) => {
    try {
      return [read(item)];
    } catch (error) {
      if (error instanceof ShapeError) return [];
      throw error;
    }
  }).flat();
}

/**
 * @template {string} T
 * @param {unknown} value @param {readonly T[]} choices
 * @returns {T}
 */
export function readChoice(value, choices) {
  const found = choices.find((choice) => choice === value);
  if (found === undefined) throw new ShapeError(`one of ${choices.join(", ")} wanted`);
  return found;
}

/** An address outside this machine that may become a link: https alone. @param {unknown} value @returns {string} */
export function readSafeAddress(value) {
  const text = readWebAddress(value);
  if (new URL(text).protocol !== "https:") throw new ShapeError("https address wanted");
  return text;
}

/** An address that may become a link: nothing but http and https. @param {unknown} value @returns {string} */
export function readWebAddress(value) {
  const text = readText(value);
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) throw new ShapeError("web address wanted");
  return text;
}
