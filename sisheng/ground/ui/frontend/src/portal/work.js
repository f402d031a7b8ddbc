// A worker: finds the number that a challenge of ALTCHA's kind asks for, and says it with the challenge.

import { solve } from "./solving.js";

self.onmessage = (asked) => self.postMessage(solve(asked.data));
