/* Botões que copiam: data-copiar="texto" ou data-copiar-de="#id". */
import { mostrar } from "./mensagens.js";

document.addEventListener("click", async (evento) => {
  const botao = evento.target.closest("[data-copiar], [data-copiar-de]");
  if (!botao) return;
  const texto = botao.dataset.copiar ?? document.querySelector(botao.dataset.copiarDe)?.textContent.trim() ?? "";
  try {
    await navigator.clipboard.writeText(texto);
    mostrar("Copiado.", "sucesso");
  } catch {
    mostrar("O navegador não deixou copiar. Selecione o texto e use Ctrl+C.", "atencao");
  }
});
