/* Teclado da busca: as setas percorrem os resultados, Enter abre o primeiro, Esc os fecha.

   <form data-busca> com um input[type=search] e um .busca__resultados; cada resultado tem um
   <a data-resultado>. */

const LIGACAO = "a[data-resultado]";

/* A consulta que deu os resultados na tela. Na memória, e não num atributo: pode ser um documento. */
const consultas = new WeakMap();

function partes(elemento) {
  const caixa = elemento.closest?.("[data-busca]");
  if (!caixa) return null;
  const campo = caixa.querySelector("input[type='search']");
  const lista = caixa.querySelector(".busca__resultados");
  return { caixa, campo, lista, ligacoes: [...(lista?.querySelectorAll(LIGACAO) ?? [])] };
}

function andar(evento, { campo, ligacoes }, passo) {
  if (!ligacoes.length) return;
  evento.preventDefault();
  const atual = ligacoes.indexOf(document.activeElement);
  const proximo = atual + passo;
  (proximo < 0 ? campo : (ligacoes[proximo] ?? ligacoes.at(-1))).focus();
}

/* Só se o resultado na tela é o do texto na caixa: abrir o cliente de uma busca anterior seria grave. */
function abrirPrimeiro(evento, { campo, lista, ligacoes }) {
  if (evento.target !== campo || !ligacoes.length || consultas.get(lista) !== campo.value) return;
  evento.preventDefault();
  ligacoes[0].click();
}

function fechar(evento, { campo, lista }) {
  if (!lista?.childElementCount) return;
  evento.preventDefault();
  lista.replaceChildren();
  campo.focus();
}

document.addEventListener("keydown", (evento) => {
  const achadas = partes(evento.target);
  if (!achadas || evento.isComposing) return;
  if (evento.key === "ArrowDown") andar(evento, achadas, 1);
  else if (evento.key === "ArrowUp") andar(evento, achadas, -1);
  else if (evento.key === "Enter") abrirPrimeiro(evento, achadas);
  else if (evento.key === "Escape") fechar(evento, achadas);
});

document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const achadas = partes(detail.target);
  if (achadas?.lista !== detail.target) return;
  consultas.set(achadas.lista, detail.requestConfig?.parameters?.q ?? "");
});

document.addEventListener("click", (evento) => {
  for (const lista of document.querySelectorAll(".topo .busca__resultados")) {
    if (!lista.closest("[data-busca]").contains(evento.target)) lista.replaceChildren();
  }
});
