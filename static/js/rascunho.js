/* O que se digita num <form data-rascunho="/rascunhos/…/"> vai ao servidor em até 3 s, e ao deixar a página.

   Se a sessão venceu, o que ainda não foi fica nesta aba até se entrar de novo (sessionStorage, com o usuário que
   digitou) e volta ao formulário; a volta da entrada é `data-rascunho-volta`, ou a página em que se estava. */

const ESPERA_MS = 2000;
const OUTRA_VEZ_MS = 5000;
const DE_CONTROLE = ["chave", "versao", "versao_do_alvo", "depois", "corrige"];
const FORMULARIO = "form[data-rascunho]";
const DURA_NA_ABA_MS = 12 * 3600 * 1000;

const estados = new WeakMap();

function estadoDe(form) {
  if (!estados.has(form)) estados.set(form, { sujo: false, enviado: false, relogio: 0, pedido: null });
  return estados.get(form);
}

function campos(form) {
  const dados = new FormData(form);
  for (const nome of DE_CONTROLE) dados.delete(nome);
  for (const [nome, valor] of [...dados]) if (valor instanceof File) dados.delete(nome);
  return dados;
}

function dizer(form, texto) {
  const estado = form.querySelector("[data-rascunho-estado]");
  if (estado) estado.textContent = texto;
}

function agendar(form, espera = ESPERA_MS) {
  const estado = estadoDe(form);
  estado.sujo = true;
  if (estado.enviado || estado.relogio) return;
  estado.relogio = setTimeout(() => salvar(form), espera);
}

async function salvar(form) {
  const estado = estadoDe(form);
  estado.relogio = 0;
  if (!form.isConnected || estado.enviado || !estado.sujo) return;
  estado.sujo = false;
  estado.pedido = new AbortController();
  try {
    const resposta = await fetch(form.dataset.rascunho, {
      method: "POST",
      body: campos(form),
      headers: { "HX-Request": "true", "HX-Current-URL": location.href },
      signal: estado.pedido.signal,
    });
    if (resposta.status === 401) return aoVencerASessao(resposta.headers.get("HX-Redirect"));
    if (!resposta.ok) throw new Error(String(resposta.status));
    const agora = new Date().toLocaleTimeString("pt-BR", { hour: "2-digit", minute: "2-digit" });
    dizer(form, `Rascunho guardado às ${agora}.`);
  } catch {
    if (estado.enviado) return;
    dizer(form, "O rascunho ainda não foi guardado; tento de novo.");
    agendar(form, OUTRA_VEZ_MS);
  }
}

/* --- Sessão vencida ------------------------------------------------------------------------------- */

function lugar(form) {
  return `rascunho:${form.dataset.rascunho}`;
}

function sujos() {
  return [...document.querySelectorAll(FORMULARIO)].filter((form) => {
    const estado = estadoDe(form);
    return estado.sujo || estado.enviado || estado.pedido;
  });
}

function usuarioDaPagina() {
  return document.querySelector("[data-usuario]")?.dataset.usuario;
}

function guardarNaAba(form, aCaminho = false) {
  const valores = [...campos(form)].filter(([nome]) => nome !== "csrfmiddlewaretoken");
  const guardado = { usuario: usuarioDaPagina(), em: Date.now(), valores, aCaminho };
  sessionStorage.setItem(lugar(form), JSON.stringify(guardado));
}

export function aoVencerASessao(entrada) {
  const formularios = sujos();
  formularios.forEach(guardarNaAba);
  formularios.forEach((form) => (estadoDe(form).enviado = true));
  const destino = new URL(entrada ?? "/entrar/", location.href);
  const volta = formularios.map((form) => form.dataset.rascunhoVolta).find(Boolean);
  if (volta) destino.searchParams.set("next", volta);
  location.assign(destino);
}

document.addEventListener("htmx:beforeOnLoad", (evento) => {
  const { xhr } = evento.detail;
  if (xhr.status !== 401 || !sujos().length) return;
  evento.preventDefault();
  aoVencerASessao(xhr.getResponseHeader("HX-Redirect"));
});

/* Um envio comum, sem htmx, que deu na página de entrada não chegou; em qualquer outra, chegou. */
function conferirOsQuePartiram() {
  const naEntrada = location.pathname.startsWith("/entrar/");
  for (const chave of Object.keys(sessionStorage).filter((nome) => nome.startsWith("rascunho:"))) {
    const guardado = JSON.parse(sessionStorage.getItem(chave));
    if (!guardado.aCaminho) continue;
    if (naEntrada) sessionStorage.setItem(chave, JSON.stringify({ ...guardado, aCaminho: false }));
    else sessionStorage.removeItem(chave);
  }
}

function preencher(form, valores) {
  for (const nome of new Set(valores.map(([nome]) => nome))) {
    const textos = valores.filter(([deste]) => deste === nome).map(([, texto]) => texto);
    for (const campo of form.querySelectorAll(`[name="${CSS.escape(nome)}"]`)) {
      if (["checkbox", "radio"].includes(campo.type)) campo.checked = textos.includes(campo.value);
      else if (campo.multiple) for (const opcao of campo.options) opcao.selected = textos.includes(opcao.value);
      else campo.value = textos[0];
    }
  }
}

function recuperarDaAba(form) {
  const guardado = sessionStorage.getItem(lugar(form));
  if (!guardado) return;
  sessionStorage.removeItem(lugar(form));
  const { usuario, em, valores } = JSON.parse(guardado);
  if (usuario !== usuarioDaPagina() || Date.now() - em > DURA_NA_ABA_MS) return;
  preencher(form, valores);
  agendar(form);
}

/* --- Ligações ------------------------------------------------------------------------------------- */

function preparar() {
  for (const form of document.querySelectorAll(FORMULARIO)) {
    if (estados.has(form)) continue;
    estadoDe(form);
    recuperarDaAba(form);
    // Voltou com uma recusa: o que foi digitado só está nesta página.
    if (form.dataset.rascunhoSujo !== undefined) agendar(form);
  }
}

conferirOsQuePartiram();
preparar();
document.addEventListener("htmx:afterSettle", preparar);

for (const tipo of ["input", "change"]) {
  document.addEventListener(tipo, ({ target }) => {
    const form = target.form ?? target.closest?.(FORMULARIO);
    if (form?.matches(FORMULARIO)) agendar(form);
  });
}

document.addEventListener("submit", ({ target }) => {
  if (!target.matches(FORMULARIO)) return;
  const estado = estadoDe(target);
  if (estado.sujo && !target.hasAttribute("hx-post")) guardarNaAba(target, true);
  estado.enviado = true;
  clearTimeout(estado.relogio);
  estado.relogio = 0;
  estado.pedido?.abort();
});

for (const falha of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(falha, ({ detail }) => {
    if (!detail.elt?.matches?.(FORMULARIO)) return;
    estadoDe(detail.elt).enviado = false;
    agendar(detail.elt);
  });
}

// O botão voltar pode trazer a página como estava, com o formulário já enviado.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) document.querySelectorAll(FORMULARIO).forEach((form) => (estadoDe(form).enviado = false));
});

window.addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll(FORMULARIO)) {
    const { sujo, enviado } = estadoDe(form);
    if (sujo && !enviado) navigator.sendBeacon(form.dataset.rascunho, campos(form));
  }
});
