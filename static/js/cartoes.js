/* Recolher e abrir um cartão do painel, e lembrar disso.

   <section id="widget-X" data-recolhido> mostra só o título; <button data-recolher="X" data-arranjo="URL"> o
   abre. O que ainda não se leu lê-se ao abrir (`abrir` no elemento do hx-get). Sem JavaScript o cartão é uma
   ligação, e o arranjo se muda na sua página. */

document.addEventListener("click", (evento) => {
  const botao = evento.target.closest("[data-recolher]");
  if (!botao) return;
  const cartao = document.getElementById(`widget-${botao.dataset.recolher}`);
  const recolhido = cartao.toggleAttribute("data-recolhido");
  botao.setAttribute("aria-expanded", String(!recolhido));
  if (!recolhido) {
    const corpo = document.getElementById(`corpo-${botao.dataset.recolher}`);
    if (corpo.getAttribute("hx-trigger") === "abrir") window.htmx.trigger(corpo, "abrir");
  }
  window.htmx.ajax("POST", botao.dataset.arranjo, {
    values: { widget: botao.dataset.recolher, gesto: recolhido ? "recolher" : "abrir", silencio: "1" },
    swap: "none",
  });
});
