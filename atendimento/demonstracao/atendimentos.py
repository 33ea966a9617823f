"""As solicitações da demonstração, contadas pelos próprios verbos do domínio em datas passadas."""

from datetime import datetime, timedelta
from itertools import cycle

from django.utils import timezone

from atendimento.demonstracao.cadastros import AURORA, MATRIZ
from atendimento.demonstracao.cenarios import codigo_do_cenario
from atendimento.dominio import cadastros_iniciais as cadastros
from atendimento.dominio import rotinas, solicitacoes
from atendimento.models import Equipe, Motivo, Solicitacao, Solucao, TipoDeSolicitacao
from atendimento.models.solicitacao import Prioridade
from clientes.models import Cliente
from contratos.enums import SituacaoDoContrato
from contratos.models import Etiqueta
from perfis.models import Usuario


def criar_atendimentos() -> None:
    """Cria, uma vez só, as solicitações dos cenários e as da multidão, em todas as situações."""
    if Solicitacao.objects.filter(demo=True).exists():
        return
    contador = Contador()
    # Quem está ao telefone agora vem por último: até lá todos têm as mãos livres.
    for contar in (encerradas, canceladas, agendadas, pausadas, dos_cenarios, na_fila, em_maos, contatos):
        contar(contador)
    rotinas.alertar_pausas()
    rotinas.alertar_agenda()


class Contador:
    """O que toda história usa: quem atende, os cadastros, as etiquetas e a hora de agora."""

    def __init__(self):
        self.agora = timezone.now()
        self.usuarios = {usuario.username: usuario for usuario in Usuario.objects.filter(demo=True)}
        self.equipes = {equipe.nome: equipe for equipe in Equipe.objects.all()}
        self.tipos = {tipo.nome: tipo for tipo in TipoDeSolicitacao.objects.all()}
        self.motivos = {(motivo.tipo, motivo.nome): motivo for motivo in Motivo.objects.all()}
        self.solucoes = {solucao.nome: solucao for solucao in Solucao.objects.all()}
        # A multidão, sem os cenários: contratos normais das empresas que todos atendem.
        self._etiquetas = cycle(
            Etiqueta.objects.filter(
                ativa=True,
                empresa__nome__in=(MATRIZ, AURORA),
                contrato__situacao=SituacaoDoContrato.NORMAL,
                contrato__cliente__demo=True,
                contrato__cliente__codigo_externo__isnull=True,
            )
            .select_related("contrato__cliente")
            .order_by("pk")[:200]
        )

    def etiqueta(self, cenario: int | None = None, contrato: int = 0) -> Etiqueta:
        """A etiqueta do `contrato`-ésimo contrato do cenário, ou a próxima da multidão."""
        if cenario is None:
            return next(self._etiquetas)
        cliente = Cliente.objects.get(codigo_externo=codigo_do_cenario(cenario))
        return cliente.contratos.order_by("pk")[contrato].etiquetas.order_by("pk")[0]

    def iniciar(self, quem: str, tipo: str, descricao: str, *, ha: timedelta, **campos) -> "Historia":
        """Uma solicitação iniciada por `quem` há tanto tempo."""
        return self._nascer(solicitacoes.iniciar, quem, tipo, descricao, ha, campos)

    def abrir(self, quem: str, tipo: str, descricao: str, *, ha: timedelta, **campos) -> "Historia":
        """Uma solicitação posta na fila por `quem` há tanto tempo."""
        return self._nascer(solicitacoes.abrir, quem, tipo, descricao, ha, campos)

    def _nascer(self, verbo, quem, tipo, descricao, ha, campos) -> "Historia":
        etiqueta = campos.pop("etiqueta", None) or self.etiqueta()
        padrao = {"canal": "telefone", "solicitante_nome": etiqueta.contrato.cliente.nome}
        if nome := campos.pop("equipe", None):
            padrao["equipe"] = self.equipes[nome]
        em = self.agora - ha
        nova = verbo(
            por=self.usuarios[quem], etiqueta=etiqueta, tipo=self.tipos[tipo], descricao=descricao, em=em,
            **padrao | campos,
        )  # fmt: skip
        return Historia(self, nova, em)


class Historia:
    """Uma solicitação e o relógio de sua história; cada passo vem `depois` de tanto."""

    def __init__(self, contador: Contador, solicitacao: Solicitacao, em: datetime):
        self.contador, self.solicitacao, self.em = contador, solicitacao, em

    def _passo(self, verbo, depois: timedelta, por: str | None = None, **campos) -> "Historia":
        self.em = min(self.em + depois, self.contador.agora)
        autor = self.contador.usuarios[por] if por else self.solicitacao.responsavel
        self.solicitacao = verbo(
            self.solicitacao, por=autor, versao=self.solicitacao.versao, em=self.em, **campos
        )
        return self

    def _motivo(self, tipo: str, nome: str) -> Motivo:
        return self.contador.motivos[tipo, nome]

    def assumir(self, quem: str, depois: timedelta) -> "Historia":
        return self._passo(solicitacoes.assumir, depois, quem)

    def pausar(self, motivo: str, depois: timedelta, *, retorna_em: datetime | None = None) -> "Historia":
        return self._passo(
            solicitacoes.pausar, depois, motivo=self._motivo("pausa", motivo), retorna_em=retorna_em
        )

    def retomar(self, depois: timedelta) -> "Historia":
        return self._passo(solicitacoes.retomar, depois)

    def encaminhar(self, equipe: str, motivo: str, resumo: str, depois: timedelta) -> "Historia":
        return self._passo(
            solicitacoes.encaminhar, depois, equipe=self.contador.equipes[equipe],
            motivo=self._motivo("encaminhamento", motivo), resumo=resumo,
        )  # fmt: skip

    def transferir(self, agente: str, depois: timedelta) -> "Historia":
        return self._passo(
            solicitacoes.transferir, depois, agente=self.contador.usuarios[agente],
            motivo=self._motivo("transferencia", "Troca de turno"),
        )  # fmt: skip

    def agendar(self, dias: int, depois: timedelta, **campos) -> "Historia":
        visita = {"periodo": "tarde", "contato": "Quem estiver em casa", "tipo_de_visita": "manutencao"}
        dia = timezone.localtime(self.em + depois).date() + timedelta(days=dias)
        return self._passo(solicitacoes.agendar, depois, data=dia, **visita | campos)

    def encerrar(self, solucao: str, relato: str, depois: timedelta, **campos) -> "Historia":
        return self._passo(
            solicitacoes.encerrar, depois, solucao=self.contador.solucoes[solucao], relato=relato, **campos
        )

    def cancelar(self, motivo: str, justificativa: str, depois: timedelta, **campos) -> "Historia":
        return self._passo(
            solicitacoes.cancelar, depois, motivo=self._motivo("cancelamento", motivo),
            justificativa=justificativa, **campos,
        )  # fmt: skip

    def reabrir(self, motivo: str, quem: str, depois: timedelta) -> "Historia":
        return self._passo(solicitacoes.reabrir, depois, quem, motivo=self._motivo("reabertura", motivo))


def _min(minutos: float) -> timedelta:
    return timedelta(minutes=minutos)


def _dias(dias: float) -> timedelta:
    return timedelta(days=dias)


def dos_cenarios(c: Contador) -> None:
    """Os cenários 2, 5, 10 a 13, 15, 18 e 19 (`dominio.md` §7)."""
    c.iniciar(
        "atendente", "Lentidão", "Internet lenta na casa de Santa Aurora desde ontem.",
        ha=_min(25), etiqueta=c.etiqueta(5),
    ).pausar("Consulta ao N2", _min(20))  # fmt: skip
    for dias in (26, 13):
        c.iniciar(
            "italo", "Quedas/oscilação", "Cai várias vezes à noite.", ha=_dias(dias), etiqueta=c.etiqueta(11)
        ).encerrar("Equipamento reiniciado", "Roteador reiniciado; ficou estável na ligação.", _min(14))
    c.abrir(
        "lia", "Reclamação/Ouvidoria", "Terceira ligação no mês pelo mesmo motivo; quer providência.",
        ha=_min(150), etiqueta=c.etiqueta(11), prioridade=Prioridade.ALTA,
    )  # fmt: skip
    c.iniciar(
        "italo", "Quedas/oscilação", "Rádio cai quando venta.", ha=_dias(2.2), etiqueta=c.etiqueta(12)
    ).encaminhar(
        cadastros.N2, "Exige análise técnica", "Rádio rural oscila com vento; sinal −71 dBm.", _min(18)
    ).assumir("caua", _min(95)).encaminhar(
        cadastros.N1,
        "Erro de triagem",
        "Sinal normal agora; confirmar com o cliente antes de visita.",
        _min(40),
    )
    c.iniciar(
        "atendente", "Wi-Fi", "Não conecta no quarto dos fundos.", ha=_min(60), etiqueta=c.etiqueta(13)
    ).pausar("Aguardando retorno do cliente na linha", _min(12))
    c.abrir(
        "tome", "Cancelamento", "Pede o cancelamento; há fidelidade e uma fatura vencida.",
        ha=_min(200), etiqueta=c.etiqueta(15),
    )  # fmt: skip
    c.iniciar(
        "italo",
        "2ª via",
        "Precisa da última fatura do contrato cancelado.",
        ha=_dias(4),
        etiqueta=c.etiqueta(18),
    ).encerrar("Segunda via enviada", "Enviada ao e-mail confirmado.", _min(6))
    c.abrir(
        "lia", "Sem conexão", "A filha da titular liga: luz vermelha na ONU.", ha=_min(35),
        etiqueta=c.etiqueta(19), solicitante_nome="Marina Imbuia", solicitante_relacao="familiar",
        solicitante_telefone="+5554900000990", prioridade=Prioridade.URGENTE,
    )  # fmt: skip
    c.abrir(
        "italo", "Desbloqueio", "Diz que paga na sexta e pede o desbloqueio.", ha=_min(15),
        etiqueta=c.etiqueta(2), canal="whatsapp",
    )  # fmt: skip
    c.iniciar(
        "italo",
        "Sem conexão",
        "Vários vizinhos sem sinal ao mesmo tempo.",
        ha=_min(70),
        etiqueta=c.etiqueta(10),
    ).encaminhar(cadastros.N2, "Massiva", "Seis clientes da mesma CTO sem sinal desde as 9 h.", _min(8))


def na_fila(c: Contador) -> None:
    """As que ninguém assumiu, de vencidas a recém-chegadas, em várias equipes."""
    filas = [
        ("italo", "Lentidão", "Vídeo trava à noite.", None),
        ("lia", "2ª via", "Boleto não chegou.", None),
        ("italo", "Sem conexão", "Sem sinal desde cedo.", None),
        ("lia", "Mudança de plano", "Quer saber do plano de 600 mega.", None),
        ("italo", "Wi-Fi", "Trocou a senha e não conecta.", None),
        ("nara", "Negociação", "Quer parcelar duas faturas.", cadastros.FINANCEIRO),
        ("nara", "Contestação", "Não reconhece a taxa de visita.", cadastros.FINANCEIRO),
        ("caua", "Quedas/oscilação", "Perde pacotes no jogo.", cadastros.N2),
        ("caua", "Sem conexão", "ONU trocada não sincroniza.", cadastros.N2),
        ("tome", "Titularidade", "Passar para o nome do filho.", cadastros.COMERCIAL_EQUIPE),
    ]
    for vez, (quem, tipo, descricao, equipe) in enumerate(filas):
        c.abrir(quem, tipo, descricao, ha=_min(8 + 47 * vez * vez), equipe=equipe)


def em_maos(c: Contador) -> None:
    """Os colegas que estão ao telefone agora; o atendente da demonstração chega de mãos livres."""
    for quem, tipo, descricao, minutos in [
        ("italo", "Lentidão", "Lento no computador, normal no celular.", 7),
        ("lia", "2ª via", "Quer a fatura pelo WhatsApp.", 3),
        ("caua", "Sem conexão", "Sem autenticar desde a queda de energia.", 22),
        ("nara", "Negociação", "Propõe pagar metade hoje.", 11),
        ("tome", "Mudança de plano", "Compara com a concorrência.", 16),
    ]:
        c.iniciar(quem, tipo, descricao, ha=_min(minutos))


def contatos(c: Contador) -> None:
    """Quem ligou e ainda não se sabe se é cliente; e o que se escreve numa solicitação, com correção."""
    for minutos, nome, telefone, assunto in [
        (34, "Marina Imbuia", "+5554900000991", "Diz que a internet da mãe caiu; não sabe o CPF dela."),
        (12, "", "", "Queria saber se atendemos a Linha São Roque."),
    ]:
        solicitacoes.registrar_contato(
            por=c.usuarios["italo"], canal="telefone", nome=nome, telefone=telefone, assunto=assunto,
            em=c.agora - _min(minutos),
        )  # fmt: skip
    dos_fundos = c.etiqueta(13).solicitacoes.get()
    engano = solicitacoes.relatar(
        dos_fundos, por=c.usuarios["italo"], texto="O cliente ligou: o roteador fica na cozinha.",
        em=c.agora - _min(30),
    )  # fmt: skip
    solicitacoes.relatar(
        dos_fundos, por=c.usuarios["atendente"], texto="O roteador fica na sala, atrás da TV.",
        visivel_ao_cliente=True, corrige=engano, em=c.agora - _min(22),
    )  # fmt: skip


def pausadas(c: Contador) -> None:
    """Com retorno marcado, dentro e fora do limite, e uma recebida de outro agente."""
    amanha = c.agora + _dias(1)
    quem_pausa = cycle(["atendente", "suporte", "supervisor"])
    for vez, motivo in enumerate(
        ["Aguardando retorno do cliente", "Fim de turno", "Aguardando retorno do cliente"] * 2
    ):
        c.iniciar(next(quem_pausa), "Quedas/oscilação", "Cai uma vez por dia.", ha=_dias(1 + vez / 4)).pausar(
            motivo, _min(15), retorna_em=amanha + _min(60 * vez)
        )
    c.iniciar("suporte", "Lentidão", "Teste de velocidade em curso.", ha=_min(50)).pausar(
        "Teste em andamento", _min(20)
    )


def agendadas(c: Contador) -> None:
    """Visitas e retornos de hoje, dos próximos dias e um que passou sem registro."""
    for vez, (quem, tipo) in enumerate(
        [("caua", "Sem conexão"), ("suporte", "Quedas/oscilação"), ("caua", "Wi-Fi"), ("suporte", "Lentidão")]
        * 2
    ):
        c.abrir(quem, tipo, "Precisa de visita técnica.", ha=_dias(3 - vez / 3), equipe=cadastros.N2).assumir(
            "suporte", _min(20)
        ).agendar(1 + vez, _min(10), periodo=["manha", "tarde"][vez % 2])


def encerradas(c: Contador) -> None:
    """As do último mês: no primeiro contato, depois de encaminhar, com visita, reabertas."""
    no_primeiro_contato = [
        ("atendente", "Wi-Fi", "Configuração corrigida", None),
        ("italo", "2ª via", "Segunda via enviada", None),
        ("lia", "Sem conexão", "Equipamento reiniciado", None),
        ("supervisor", "Elogio", "Pedido atendido", cadastros.OUVIDORIA),
    ]
    for vez, (quem, tipo, solucao, equipe) in enumerate(no_primeiro_contato * 3):
        c.iniciar(quem, tipo, "Resolvido na ligação.", ha=_dias(1 + 2.4 * vez), equipe=equipe).encerrar(
            solucao, "Feito e confirmado com o cliente.", _min(9 + vez)
        )
    for vez in range(3):
        c.iniciar("atendente", "Sem conexão", "Luz LOS acesa.", ha=_dias(9 + vez)).encaminhar(
            cadastros.N2, "Exige análise técnica", "Sinal zerado na porta; vizinhos normais.", _min(11)
        ).assumir("suporte", _min(50)).encerrar("Reparo na rede", "Conector refeito na CTO.", _min(160))
    for vez in range(2):
        c.iniciar("atendente", "Lentidão", "Lento outra vez.", ha=_dias(5 + vez)).encerrar(
            "Configuração corrigida", "Canal do Wi-Fi trocado.", _min(12)
        ).reabrir("Problema voltou", "atendente", _dias(2))


def canceladas(c: Contador) -> None:
    """Por engano, duplicada, desistência."""
    for vez, motivo in enumerate(
        ["Aberto por engano", "Cliente desistiu", "Contato indevido/trote", "Teste"]
    ):
        c.iniciar("atendente", "Lentidão", "Ligação caiu.", ha=_dias(2 + 3 * vez)).cancelar(
            motivo, "Confirmado com o cliente na ligação seguinte.", _min(4)
        )
    etiqueta = c.etiqueta()
    original = c.abrir("atendente", "2ª via", "Quer a fatura de novo.", ha=_min(90), etiqueta=etiqueta)
    c.iniciar("atendente", "2ª via", "A mesma fatura.", ha=_min(60), etiqueta=etiqueta).cancelar(
        "Duplicado",
        "Já havia outra aberta na fila.",
        _min(3),
        protocolo_original=original.solicitacao.protocolo,
    )
