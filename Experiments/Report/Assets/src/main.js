import "./styles/base.css";
import "./styles/verdict.css";
import "./styles/tables.css";
import "./styles/charts.css";
import "./styles/models.css";
import "./styles/print.css";
import { readData } from "./data.js";
import { createSelection } from "./selection.js";
import { startTheme } from "./theme.js";
import { startLeaderboard } from "./leaderboard.js";
import { startParallel } from "./charts/parallel.js";
import { startEffects } from "./charts/effects.js";
import { startPlane } from "./charts/plane.js";
import { startCurves } from "./charts/curves.js";
import { startModels } from "./models.js";
import { startLinks } from "./links.js";

document.documentElement.classList.add("with-script");
const data = readData();
const selection = createSelection(data);

startTheme();
startLeaderboard(data, selection);
startParallel(data, selection);
startEffects(data, selection);
startPlane(data, selection);
startCurves(data, selection);
startModels(selection);
startLinks(data, selection);
