"""Bloquear e desbloquear um contrato por fundamento que não é débito; só quem supervisiona."""

from abc import abstractmethod

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_contrato import AcaoDeContrato, evento_de
from contratos.dominio import bloqueio_administrativo as verbos
from contratos.enums import FundamentoDoBloqueio, SituacaoDoContrato
from perfis.capacidades import Capacidade

SO_SUPERVISOR = "Só quem supervisiona bloqueia ou desbloqueia por fundamento administrativo."


class Fundamento(Passo):
    """Um da lista fechada, com a prova."""

    titulo = "Fundamento"
    ajuda = "Nunca por débito: para isso há o relógio legal. Marco Civil da Internet, art. 7º, IV."
    fundamento = forms.ChoiceField(
        label="Fundamento", choices=[("", "Escolha…"), *FundamentoDoBloqueio.choices]
    )
    referencia = forms.CharField(
        label="Processo ou ocorrência", required=False, max_length=60,
        help_text="Obrigatório na ordem judicial.",
    )  # fmt: skip
    justificativa = Texto(label="Justificativa", min_length=10, max_length=500, linhas=3)

    def clean(self):
        """A ordem judicial cita o processo."""
        limpos = super().clean()
        frase = verbos.frase_da_referencia(limpos.get("fundamento", ""), limpos.get("referencia", ""))
        if frase:
            self.add_error("referencia", frase)
        return limpos


class DeSupervisor(AcaoDeContrato):
    """Uma ação que o perfil concede, e mesmo assim só quem supervisiona faz."""

    def impedimento(self):
        """A supervisão, e a situação do contrato."""
        if not self.contexto.usuario.permissoes.tem(Capacidade.SUPERVISIONAR):
            return SO_SUPERVISOR
        return self.impedimento_do_contrato()

    @abstractmethod
    def impedimento_do_contrato(self) -> str | None:
        """A frase da situação que não serve."""


@ACOES.registrar
class BloqueioAdministrativo(DeSupervisor):
    """Bloqueia até que um supervisor desbloqueie."""

    slug = "bloqueio_adm"
    nome = "Bloqueio administrativo"
    icone = "shield-ban"
    ordem = 380
    confirmar = "Bloquear"
    perigosa = True
    ajuda = (
        "Use só com fundamento: ordem judicial, fraude ou abuso documentado, segurança da rede, ou pedido do "
        "próprio titular. Débito não é fundamento: quem o trata é o relógio legal.\n\n"
        "Pergunta o fundamento, o processo ou a ocorrência, e a justificativa. Só um supervisor o faz.\n\n"
        "Faz: o contrato fica em Bloqueio Administrativo e as conexões, bloqueadas, até que um supervisor "
        "desbloqueie; fica guardado quem, quando e por quê.\n\n"
        "Diga ao cliente: que o serviço está bloqueado, o fundamento, e como recorrer. Numa ordem judicial, "
        "diga só o que a ordem permite."
    )
    passos = (Fundamento,)

    def impedimento_do_contrato(self):
        """O que ainda presta serviço."""
        return verbos.impedimento_de_bloquear(self.contrato)

    def previa(self, dados):
        """A situação e o fundamento."""
        fundamento = FundamentoDoBloqueio(dados["fundamento"]).label
        return Previa(
            mudancas=(
                Mudanca("Situação", self.contrato.get_situacao_display(), "Bloqueio Administrativo"),
                Mudanca("Fundamento", "", fundamento),
            ),
            dizer=self._dizer(fundamento),
        )

    def fazer(self, dados):
        """Bloqueia."""
        antes = self.contrato.get_situacao_display()
        bloqueio = verbos.bloquear(
            self.contrato, fundamento=dados["fundamento"], referencia=dados["referencia"],
            justificativa=dados["justificativa"], por=self.contexto.usuario, protocolo=self.protocolo,
        )  # fmt: skip
        fundamento = bloqueio.get_fundamento_display()
        citado = f" ({bloqueio.referencia})" if bloqueio.referencia else ""
        mudanca = f"situação: {antes} → Bloqueio Administrativo · Fundamento: {fundamento}{citado}"
        return Resultado(
            "Contrato em Bloqueio Administrativo.",
            relato=f"{mudanca}. {dados['justificativa']}",
            evento=Evento(
                "bloqueio-administrativo", evento_de(mudanca, dados["justificativa"], self.protocolo)
            ),
            dizer=self._dizer(fundamento),
        )

    def _dizer(self, fundamento: str) -> str:
        return f"O serviço foi bloqueado: {fundamento.lower()}. O protocolo é {self.protocolo}."


class Razao(Passo):
    """Por que o bloqueio acaba."""

    titulo = "Desbloqueio"
    justificativa = Texto(label="Justificativa", min_length=10, max_length=500, linhas=3)


@ACOES.registrar
class DesbloqueioAdministrativo(DeSupervisor):
    """Encerra o bloqueio; o contrato fica como os fatos de hoje dizem."""

    slug = "desbloqueio_adm"
    nome = "Desbloqueio administrativo"
    icone = "shield-check"
    ordem = 385
    confirmar = "Desbloquear"
    ajuda = (
        "Use quando o fundamento do bloqueio administrativo acabou: ordem cumprida, fraude esclarecida, "
        "pedido "
        "do titular.\n\n"
        "Pergunta a justificativa. Só um supervisor o faz.\n\n"
        "Faz: o contrato volta a Normal; se há suspensão a pedido em curso, a Suspenso; se há débito com o "
        "aviso no prazo legal, a Bloqueio Financeiro.\n\n"
        "Diga ao cliente: em que situação o contrato fica e, se o serviço não volta, o que falta."
    )
    passos = (Razao,)

    def impedimento_do_contrato(self):
        """Só o bloqueado."""
        return verbos.impedimento_de_desbloquear(self.contrato)

    def previa(self, dados):
        """Em que situação fica."""
        volta = verbos.situacao_de_volta(self.contrato).label
        return Previa(
            mudancas=(Mudanca("Situação", self.contrato.get_situacao_display(), volta),),
            dizer=self._dizer(volta),
        )

    def fazer(self, dados):
        """Desbloqueia."""
        volta = verbos.desbloquear(self.contrato, por=self.contexto.usuario).label
        mudanca = f"situação: Bloqueio Administrativo → {volta}"
        return Resultado(
            "Bloqueio administrativo encerrado.",
            relato=f"{mudanca}. {dados['justificativa']}",
            evento=Evento(
                "desbloqueio-administrativo", evento_de(mudanca, dados["justificativa"], self.protocolo)
            ),
            dizer=self._dizer(volta),
        )

    def _dizer(self, volta: str) -> str:
        if volta == SituacaoDoContrato.NORMAL.label:
            return f"O serviço voltou. O protocolo é {self.protocolo}."
        return f"O bloqueio acabou, e o contrato está em {volta}. O protocolo é {self.protocolo}."
