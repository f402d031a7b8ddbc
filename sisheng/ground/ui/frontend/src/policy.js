// The one configuration of htmx (D27).

import htmx from "htmx.org";

htmx.config.defaultSwap = "outerMorph";
