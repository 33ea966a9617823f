/* A lista de ações: filtra ao digitar, anda com as setas, fecha ao escolher; "a" a abre.

   details[data-menu-de-acoes] tem um input[data-filtro-de-acoes] e #lista-de-acoes, que chega quando ele se abre:
   grupos [data-grupo-de-acoes] de [data-acao] e o aviso [data-nenhuma-acao]. O que se digita antes de a lista
   chegar vale quando ela chega. O que chega em #acao recebe o foco, para que se siga pelo teclado. */

function semAcentos(texto) {
  return texto.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

function filtrar(menu, procurado) {
  const palavras = semAcentos(procurado).split(/\s+/).filter(Boolean);
  for (const acao of menu.querySelectorAll("[data-acao]")) {
    const texto = semAcentos(acao.textContent);
    acao.hidden = !palavras.every((palavra) => texto.includes(palavra));
  }
  const grupos = [...menu.querySelectorAll("[data-grupo-de-acoes]")];
  for (const grupo of grupos) grupo.hidden = !grupo.querySelector("[data-acao]:not([hidden])");
  const nenhuma = menu.querySelector("[data-nenhuma-acao]");
  if (nenhuma) nenhuma.hidden = grupos.some((grupo) => !grupo.hidden);
}

function visiveis(menu) {
  return [...menu.querySelectorAll("[data-acao]:not([hidden]) .menu__item")];
}

function andar(evento, menu) {
  const itens = visiveis(menu);
  const atual = itens.indexOf(document.activeElement);
  const proximo = evento.key === "ArrowDown" ? atual + 1 : atual - 1;
  evento.preventDefault();
  const filtro = menu.querySelector("[data-filtro-de-acoes]");
  (proximo < 0 ? filtro : (itens[proximo] ?? itens.at(-1)))?.focus();
}

let esperandoAPrimeira = false;

function escolherAPrimeira(menu) {
  const filtro = menu.querySelector("[data-filtro-de-acoes]");
  // A lista pode ter acabado de chegar, ainda inteira: o Enter nunca escolhe o que o digitado esconderia.
  filtrar(menu, filtro.value);
  if (filtro.value.trim()) visiveis(menu).find((item) => item.matches("a"))?.click();
}

export function abrir() {
  const menu = document.querySelector("[data-menu-de-acoes]");
  if (!menu) return;
  menu.open = true;
  menu.querySelector("[data-filtro-de-acoes]")?.focus();
}

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-filtro-de-acoes]")) filtrar(target.closest("[data-menu-de-acoes]"), target.value);
});

document.addEventListener("keydown", (evento) => {
  const menu = evento.target.closest?.("[data-menu-de-acoes]");
  if (!menu?.open || evento.isComposing) return;
  if (evento.key === "ArrowDown" || evento.key === "ArrowUp") andar(evento, menu);
  else if (evento.key === "Enter" && evento.target.matches("[data-filtro-de-acoes]")) {
    evento.preventDefault();
    esperandoAPrimeira = !menu.querySelector("[data-nenhuma-acao]");
    escolherAPrimeira(menu);
  }
});

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-acao] a")) target.closest("[data-menu-de-acoes]").open = false;
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  if (detail.target.id !== "lista-de-acoes") return;
  const menu = detail.target.closest("[data-menu-de-acoes]");
  filtrar(menu, menu.querySelector("[data-filtro-de-acoes]").value);
  if (esperandoAPrimeira) escolherAPrimeira(menu);
  esperandoAPrimeira = false;
});

document.addEventListener("htmx:afterSettle", ({ detail }) => {
  const acao = document.getElementById("acao");
  if (detail.target !== acao || acao.contains(document.activeElement)) return;
  const titulo = acao.querySelector("#acao-titulo");
  titulo?.setAttribute("tabindex", "-1");
  titulo?.focus();
});
