/* O admin segue o tema da conta. Corre antes de a página se desenhar, para não piscar. */
"use strict";

const DO_ADMIN = { claro: "light", escuro: "dark", auto: "auto" };
document.documentElement.dataset.theme = DO_ADMIN[document.querySelector("meta[name='tema']").content] ?? "auto";
