/* Relógios que andam pela hora do servidor.

   <time data-relogio data-inicio="ISO" data-agora="ISO">        tempo decorrido desde o início
   <time data-relogio data-segundos="830" data-agora="ISO">      830 s já somados, e correndo
   <time data-relogio data-fim="ISO" data-agora="ISO">           quanto falta; depois, "vencido há …"
   com data-parado mostra o valor sem andar. O relógio da máquina só mede intervalos, nunca a hora. */

const vistos = new WeakMap();

function formatar(segundos) {
  const total = Math.max(0, Math.floor(segundos));
  const dias = Math.floor(total / 86400);
  const [h, m, s] = [Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60, total % 60];
  const dois = (n) => String(n).padStart(2, "0");
  const horas = `${dois(h)}:${dois(m)}:${dois(s)}`;
  return dias ? `${dias} d ${horas}` : horas;
}

function desdeQueChegou(elemento) {
  if (elemento.dataset.parado !== undefined) return 0;
  if (!vistos.has(elemento)) vistos.set(elemento, performance.now());
  return (performance.now() - vistos.get(elemento)) / 1000;
}

function texto(elemento) {
  const { inicio, fim, agora, segundos } = elemento.dataset;
  const passou = desdeQueChegou(elemento);
  if (fim) {
    const falta = (Date.parse(fim) - Date.parse(agora)) / 1000 - passou;
    return falta >= 0 ? formatar(falta) : `vencido há ${formatar(-falta)}`;
  }
  const base = segundos === undefined ? (Date.parse(agora) - Date.parse(inicio)) / 1000 : Number(segundos);
  return formatar(base + passou);
}

function andar() {
  for (const elemento of document.querySelectorAll("time[data-relogio]")) {
    const novo = texto(elemento);
    if (elemento.textContent !== novo) elemento.textContent = novo;
  }
}

andar();
setInterval(andar, 1000);
document.addEventListener("htmx:afterSwap", andar);
