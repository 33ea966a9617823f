/* Atalhos de uma tecla, desligáveis: "/" leva à busca, "a" às ações, "?" mostra a lista. Digitando, não valem. */
import { abrir as abrirAcoes } from "./acoes.js";

const GUARDADO = "atalhos-desligados";

function digitando(elemento) {
  return elemento.isContentEditable || elemento.matches("input, textarea, select");
}

function desligados() {
  return localStorage.getItem(GUARDADO) === "1";
}

function focarBusca() {
  const caixas = [...document.querySelectorAll("[data-busca] input[type='search']")];
  const caixa = caixas.find((c) => c.closest("main")) ?? caixas[0];
  caixa?.focus();
  caixa?.select();
}

document.addEventListener("keydown", (evento) => {
  if (evento.ctrlKey || evento.metaKey || evento.altKey || evento.defaultPrevented) return;
  if (desligados() || digitando(evento.target) || document.querySelector("dialog:modal")) return;
  if (evento.key === "/") {
    evento.preventDefault();
    focarBusca();
  } else if (evento.key === "a") {
    evento.preventDefault();
    abrirAcoes();
  } else if (evento.key === "?") {
    evento.preventDefault();
    document.getElementById("atalhos")?.showModal();
  }
});

const chave = document.getElementById("atalhos-ligados");
if (chave) {
  chave.checked = !desligados();
  chave.addEventListener("change", () => {
    if (chave.checked) localStorage.removeItem(GUARDADO);
    else localStorage.setItem(GUARDADO, "1");
  });
}
