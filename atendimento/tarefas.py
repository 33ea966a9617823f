"""O que o trabalhador roda: cada tarefa chama uma rotina do domínio.

`queueing_lock`: de uma tarefa periódica espera no máximo uma na fila, por mais que o trabalhador
tenha ficado parado. Com vários trabalhadores, cada minuto roda num deles só.
"""

from procrastinate.contrib.django import app

from atendimento import execucao
from atendimento.dominio import mensagens, rotinas, rotinas_de_cobranca, sugestoes, suspensoes
from atendimento.dominio.rede import comandos, leituras

CADA_MINUTO = "* * * * *"
CADA_HORA = "17 * * * *"
CADA_NOITE = "40 3 * * *"
# Um trabalhador que não dá sinal por tanto tempo morreu com a tarefa na mão.
SEM_SINAL_SEGUNDOS = 60


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="alertar_pausas")
def alertar_pausas(timestamp: int) -> None:
    """Pausas além do limite e retornos vencidos."""
    rotinas.alertar_pausas()


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="alertar_agenda")
def alertar_agenda(timestamp: int) -> None:
    """Visitas e retornos cujo período acabou."""
    rotinas.alertar_agenda()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="fechar_janelas_de_reabertura")
def fechar_janelas_de_reabertura(timestamp: int) -> None:
    """Encerradas que já não se reabrem."""
    rotinas.fechar_janelas_de_reabertura()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="limpar_passageiros")
def limpar_passageiros(timestamp: int) -> None:
    """Rascunhos e presenças velhos."""
    rotinas.limpar_passageiros()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="expirar_execucoes")
def expirar_execucoes(timestamp: int) -> None:
    """Ações começadas que ninguém continuou."""
    execucao.expirar_vencidas()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="cumprir_suspensoes")
def cumprir_suspensoes(timestamp: int) -> None:
    """Suspensões a pedido que começam ou acabam."""
    suspensoes.cumprir()


@app.periodic(cron=CADA_NOITE)
@app.task(queueing_lock="apagar_anexos_orfaos")
def apagar_anexos_orfaos(timestamp: int) -> None:
    """Arquivos de anexos que não chegaram a existir."""
    rotinas.apagar_anexos_orfaos()


@app.task
def enviar_mensagem(mensagem: int) -> None:
    """Uma mensagem da caixa de saída, assim que a transação que a criou valeu."""
    mensagens.enviar(mensagem)


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="enviar_mensagens")
def enviar_mensagens(timestamp: int) -> None:
    """As que falharam e cuja vez chegou de novo."""
    mensagens.enviar_pendentes()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="alertar_protocolos")
def alertar_protocolos(timestamp: int) -> None:
    """Protocolos que não chegaram ao cliente perto do fim do prazo."""
    mensagens.alertar_protocolos()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="avisar_debitos")
def avisar_debitos(timestamp: int) -> None:
    """Faturas vencidas que ainda não têm aviso, e a prova de entrega dos que já foram."""
    rotinas_de_cobranca.anotar_entregas()
    rotinas_de_cobranca.avisar_debitos()


@app.periodic(cron=CADA_HORA)
@app.task(queueing_lock="suspender_por_debito")
def suspender_por_debito(timestamp: int) -> None:
    """Quem foi avisado e deixou o prazo legal correr; e quem já se pode propor rescindir."""
    rotinas_de_cobranca.suspender_por_debito()
    rotinas_de_cobranca.propor_rescisoes()


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="rebloquear_vencidos")
def rebloquear_vencidos(timestamp: int) -> None:
    """Informes e desbloqueios temporários cujo prazo acabou; e quem pagou e volta a ter serviço."""
    rotinas_de_cobranca.religar_quem_pagou()
    rotinas_de_cobranca.encerrar_informes()
    rotinas_de_cobranca.rebloquear_vencidos()


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="sugerir_massivas")
def sugerir_massivas(timestamp: int) -> None:
    """Vizinhos que caíram juntos, à espera de um supervisor."""
    sugestoes.procurar()


@app.task
def ler_sessao(conexao: int) -> None:
    """A sessão de uma conexão, que alguém pediu numa tela."""
    leituras.ler_sessao(conexao)


@app.task
def ler_sinal(conexao: int) -> None:
    """O sinal óptico de uma conexão, que alguém pediu numa tela."""
    leituras.ler_sinal(conexao)


@app.task
def varrer_concentrador(concentrador: int) -> None:
    """As sessões que mudaram num concentrador."""
    leituras.varrer(concentrador)


@app.task
def entregar_comando(comando: int) -> None:
    """Um comando da rede, assim que a transação que o criou valeu."""
    comandos.entregar(comando)


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="cuidar_da_rede")
def cuidar_da_rede(timestamp: int) -> None:
    """A varredura dos concentradores e os comandos cuja vez chegou."""
    comandos.entregar_pendentes()
    leituras.varrer_todos()


@app.periodic(cron=CADA_NOITE)
@app.task(queueing_lock="apagar_sessoes_velhas")
def apagar_sessoes_velhas(timestamp: int) -> None:
    """Sessões e consumo que o suporte já não usa."""
    leituras.apagar_velhas()


@app.periodic(cron=CADA_MINUTO)
@app.task(queueing_lock="soltar_paradas")
async def soltar_paradas(timestamp: int) -> None:
    """Põe de novo na fila o que um trabalhador morto tinha na mão: a tranca do equipamento se solta."""
    paradas = await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SEM_SINAL_SEGUNDOS)
    for tarefa in paradas:
        await app.job_manager.retry_job(tarefa)
