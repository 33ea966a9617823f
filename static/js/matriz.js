/* Comodidades da página do perfil; sem este arquivo ela faz o mesmo com uma ida ao servidor. */

const matriz = document.getElementById("matriz");
const filtro = document.getElementById("filtro-da-matriz");

function semAcentos(texto) {
  return texto.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
}

function filtrar() {
  const procurado = semAcentos(filtro.value.trim());
  for (const linha of matriz.querySelectorAll("[data-linha]")) {
    linha.hidden = !semAcentos(linha.textContent).includes(procurado);
  }
  for (const grupo of matriz.querySelectorAll("[data-grupo]")) {
    grupo.hidden = !grupo.querySelector("[data-linha]:not([hidden])");
  }
}

function marcarTodas(evento) {
  const botao = evento.target.closest("[data-marcar]");
  if (!botao) return;
  evento.preventDefault();
  const linhas = botao.closest("[data-grupo]").querySelectorAll("[data-linha]:not([hidden])");
  for (const linha of linhas) linha.querySelector('input[type="checkbox"]').checked = true;
}

if (matriz) {
  filtro.closest("label").hidden = false;
  filtro.addEventListener("input", filtrar);
  // Enter no filtro não revisa o perfil sem querer.
  filtro.addEventListener("keydown", (evento) => evento.key === "Enter" && evento.preventDefault());
  matriz.addEventListener("click", marcarTodas);
  document.getElementById("titulo-da-revisao")?.focus();
}
