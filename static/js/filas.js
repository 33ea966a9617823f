/* Partes que se atualizam sozinhas e o teclado das listas.

   <section id="fila" data-atualiza="15" hx-trigger="atualizar" …> pede-se de novo a cada 15 s. O servidor
   responde 204 quando nada mudou. Ao trocar, o htmx devolve o foco ao elemento de mesmo id; aqui se guarda o
   resto: caixas marcadas, rolagem de lado e, se o elemento do foco saiu da lista, um lugar perto dele. */

const desde = new WeakMap();
let guardado = null;

function ocupado(parte) {
  const selecao = document.getSelection();
  const selecionando = selecao && !selecao.isCollapsed && parte.contains(selecao.anchorNode);
  return document.hidden || selecionando || parte.hasAttribute("data-recolhido") || parte.querySelector(":active, .htmx-request, details[open]");
}

function pedir() {
  for (const parte of document.querySelectorAll("[data-atualiza]")) {
    if (!desde.has(parte)) desde.set(parte, performance.now());
    const passou = (performance.now() - desde.get(parte)) / 1000;
    if (passou < Number(parte.dataset.atualiza) || ocupado(parte)) continue;
    desde.set(parte, performance.now());
    window.htmx.trigger(parte, "atualizar");
  }
}

setInterval(pedir, 1000);
document.addEventListener("visibilitychange", pedir);

function ligacoes(parte) {
  return [...parte.querySelectorAll("a[data-linha]")];
}

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  const parte = detail.target;
  if (!parte.matches?.("[data-atualiza]") || detail.xhr.status === 204) return;
  const linha = document.activeElement?.closest?.("tr, li");
  guardado = {
    id: parte.id,
    marcadas: [...parte.querySelectorAll("input:checked")].map((caixa) => caixa.id),
    altura: window.scrollY,
    lado: parte.querySelector(".rolagem")?.scrollLeft ?? 0,
    foco: parte.contains(document.activeElement) ? document.activeElement.id : "",
    posicao: linha ? ligacoes(parte).findIndex((ligacao) => linha.contains(ligacao)) : -1,
  };
});

document.addEventListener("htmx:afterSwap", () => {
  const parte = guardado && document.getElementById(guardado.id);
  if (!parte) return;
  const { marcadas, altura, lado, foco, posicao } = guardado;
  guardado = null;
  for (const id of marcadas) {
    const caixa = document.getElementById(id);
    if (caixa) caixa.checked = true;
  }
  const rolagem = parte.querySelector(".rolagem");
  if (rolagem) rolagem.scrollLeft = lado;
  if (foco && !document.getElementById(foco)) {
    const restantes = ligacoes(parte);
    const perto = restantes[Math.min(Math.max(posicao, 0), restantes.length - 1)];
    (perto ?? parte.querySelector("h2[tabindex]"))?.focus({ preventScroll: true });
  }
  // O navegador se ancora na lista velha enquanto a nova entra antes dela.
  window.scrollTo(window.scrollX, altura);
});

/* As setas percorrem as linhas; Início e Fim levam às pontas. */
const PASSOS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

document.addEventListener("keydown", (evento) => {
  const lista = evento.target.closest?.("[data-linhas]");
  if (!lista || !(evento.key in PASSOS) || evento.target.matches("input, select, textarea")) return;
  const todas = ligacoes(lista);
  const linha = evento.target.closest("tr, li");
  const atual = todas.findIndex((ligacao) => linha?.contains(ligacao));
  const proxima = Math.min(Math.max(atual + PASSOS[evento.key], 0), todas.length - 1);
  evento.preventDefault();
  todas[proxima]?.focus();
});
