/* Escolher outra etiqueta mantém a aba aberta, também quando ela foi trocada sem recarregar a página.

   #aba[data-aba="conexao"] diz a aba; a[data-etiqueta-do-contrato="12"] são as etiquetas do contrato 12. */

function reenderecar({ dataset: { aba } }) {
  if (!aba) return;
  for (const ligacao of document.querySelectorAll("a[data-etiqueta-do-contrato]")) {
    const { search } = new URL(ligacao.href);
    ligacao.href = `/contratos/${ligacao.dataset.etiquetaDoContrato}/${aba}/${search}`;
  }
}

/* O alvo já saiu da página: quem vale é o #aba que o substituiu. */
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const aba = document.getElementById("aba");
  if (aba && detail.requestConfig?.target?.id === "aba") reenderecar(aba);
});
