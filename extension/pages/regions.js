/** The country whose crisis lines are shown. The browser knows all countries and their names. */

import { find, make, say } from "./words.js";

/** Codes that name no country: unions, unknown and private ones. */
const NO_COUNTRIES = ["EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"];

/** @returns {Intl.DisplayNames} */
function countryNames() {
  return new Intl.DisplayNames([document.documentElement.lang], { type: "region", fallback: "none" });
}

export function fillRegions() {
  const names = countryNames();
  const letters = Array.from("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
  const countries = letters
    .flatMap((first) => letters.map((second) => first + second))
    // Old codes turn into those of today, such as BU into MM.
    .filter((code) => !NO_COUNTRIES.includes(code) && Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`)
    .flatMap((code) => {
      const name = names.of(code);
      return name ? [{ code, name }] : [];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
  const options = [{ code: "", name: "" }, ...countries].map(({ code, name }) => {
    const option = make("option", "", name);
    option.value = code;
    return option;
  });
  find("region", HTMLSelectElement).replaceChildren(...options);
}

/** @param {OptionsStatus} status */
export function showRegion({ preferences, browserRegion }) {
  const select = find("region", HTMLSelectElement);
  const names = countryNames();
  select.options[0].textContent = browserRegion
    ? say("options_region_browser", names.of(browserRegion) ?? browserRegion)
    : say("options_region_none");
  select.value = preferences.region;
  const region = preferences.region || browserRegion;
  find("region-now", HTMLSpanElement).textContent = region ? `(${names.of(region) ?? region})` : "";
}
