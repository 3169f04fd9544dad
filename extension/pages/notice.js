/** Why the page under the icon cannot be read. */

import { fillWords, find, say } from "./words.js";

fillWords();
const problem = new URLSearchParams(location.search).get("problem") ?? "";
const known = /^[a-z_]+$/.test(problem) && say(`problem_${problem}_title`) !== `problem_${problem}_title`;
const code = known ? problem : "closed_page";
find("title", HTMLHeadingElement).textContent = say(`problem_${code}_title`);
find("what", HTMLParagraphElement).textContent = say(`problem_${code}_what`);
