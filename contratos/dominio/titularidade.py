"""Transferir a titularidade: um contrato novo para o novo titular, com o serviço que já está de pé.

A história (faturas, eventos, solicitações) fica com quem a viveu: o contrato antigo se encerra com ela, e o
novo nasce sem nada do outro (LGPD, art. 6º). As etiquetas, as conexões e os equipamentos mudam de contrato.
"""

import re
from dataclasses import dataclass
from datetime import date

from clientes.models import Cliente, Endereco
from contratos.dominio.acerto import Acerto
from contratos.dominio.cancelamento import acerto_final, encerrar_servicos, fatura_final
from contratos.dominio.leituras import esta_adimplente
from contratos.dominio.recusas import exigir
from contratos.dominio.servicos import ativos
from contratos.enums import Estagio, MotivoDoEventual, SituacaoDaFatura, SituacaoDoContrato, TipoDeEventual
from contratos.enums import TipoDeCobranca as Cobranca
from contratos.models import (
    Conexao,
    Contrato,
    Equipamento,
    Etiqueta,
    Eventual,
    Fatura,
    ServicoContratado,
)

# Dependem de dados bancários de quem sai: o novo titular escolhe a sua.
DE_QUEM_SAI = (Cobranca.DEBITO_EM_CONTA, Cobranca.CARTAO_RECORRENTE, Cobranca.PIX_AUTOMATICO)


@dataclass(frozen=True, slots=True)
class Transferencia:
    """O que se transfere, em que dia, e o acerto de quem sai."""

    novo: Cliente
    dia: date
    acerto: Acerto


def impedimento_de_transferir(contrato: Contrato, hoje: date) -> str | None:
    """Por que não se transfere agora, ou `None`."""
    if contrato.situacao != SituacaoDoContrato.NORMAL:
        situacao = contrato.get_situacao_display()
        return f"Só um contrato com situação Normal se transfere; este está em {situacao}."
    if contrato.suspensoes.abertas().exists():
        return "Há uma suspensão marcada: desmarque-a antes de transferir."
    if not esta_adimplente(contrato, hoje):
        return "Há fatura vencida: o titular de agora precisa quitar ou renegociar antes."
    return None


def planejar(contrato: Contrato, novo: Cliente, hoje: date) -> Transferencia:
    """O que a transferência faria. Não escreve."""
    return Transferencia(novo, hoje, acerto_final(contrato, hoje, hoje))


def transferir(contrato: Contrato, plano: Transferencia, *, por, protocolo: str) -> Contrato:
    """Encerra o contrato já trancado e devolve o novo. Levanta `NaoPode`."""
    exigir(impedimento_de_transferir(contrato, plano.dia))
    exigir(
        "O novo titular é o próprio titular." if plano.novo.pk == contrato.cliente_id else None,
        campo="documento",
    )
    novo = _abrir(contrato, plano)
    _mudar_servicos(contrato, novo, plano)
    _acertar(contrato, plano, por, protocolo)
    encerrar_servicos(contrato, plano.dia)
    contrato.situacao = SituacaoDoContrato.ENCERRADO
    contrato.vigencia_fim = max(contrato.vigencia_inicio, plano.dia)
    contrato.save(update_fields=["situacao", "vigencia_fim"])
    return novo


def _abrir(contrato: Contrato, plano: Transferencia) -> Contrato:
    cobranca = contrato.tipo_de_cobranca
    return Contrato.objects.create(
        numero=_numero_seguinte(contrato.numero),
        empresa_id=contrato.empresa_id,
        cliente=plano.novo,
        situacao=SituacaoDoContrato.NORMAL,
        estagio=Estagio.APROVADO,
        tipo_de_contrato=contrato.tipo_de_contrato,
        tipo_de_faturamento=contrato.tipo_de_faturamento,
        tipo_de_cobranca=Cobranca.BOLETO_EMAIL if cobranca in DE_QUEM_SAI else cobranca,
        vigencia_inicio=plano.dia,
        ativado_em=plano.dia,
        valor=contrato.valor,
        dia_vencimento=contrato.dia_vencimento,
        dia_corte=contrato.dia_corte,
        bloqueio_automatico=contrato.bloqueio_automatico,
        endereco=_copiar(contrato.endereco, plano.novo),
        demo=contrato.demo,
    )


def _numero_seguinte(numero: str) -> str:
    raiz = re.sub(r"/T[0-9]+$", "", numero)[:16]
    vez = Contrato.objects.filter(numero__startswith=f"{raiz}/T").count() + 2
    return f"{raiz}/T{vez}"


def _copiar(endereco: Endereco | None, cliente: Cliente) -> Endereco | None:
    """O mesmo lugar no cadastro do novo titular, sem o que o antigo escreveu nele."""
    if endereco is None:
        return None
    lugar = {
        nome: getattr(endereco, nome)
        for nome in ("cep", "logradouro", "numero", "complemento", "bairro", "cidade", "uf")
    }
    return Endereco.objects.filter(cliente=cliente, **lugar).first() or Endereco.objects.create(
        cliente=cliente, **lugar
    )


def _mudar_servicos(contrato: Contrato, novo: Contrato, plano: Transferencia) -> None:
    for etiqueta in contrato.etiquetas.filter(ativa=True):
        nova = _mudar_etiqueta(etiqueta, novo, plano.novo)
        for servico in ativos(contrato, plano.dia).filter(etiqueta=etiqueta):
            copia = _copiar_servico(servico, novo, nova, plano.dia)
            Conexao.objects.filter(servico=servico).update(
                etiqueta=nova, servico=copia, endereco=nova.endereco
            )
        Conexao.objects.filter(etiqueta=etiqueta, ativa=True).update(
            etiqueta=nova, servico=None, endereco=nova.endereco
        )
        Equipamento.objects.filter(etiqueta=etiqueta, devolvido_em__isnull=True).update(etiqueta=nova)
    for servico in ativos(contrato, plano.dia).filter(etiqueta=None):
        _copiar_servico(servico, novo, None, plano.dia)


def _mudar_etiqueta(etiqueta: Etiqueta, novo: Contrato, cliente: Cliente) -> Etiqueta:
    """O código vai com o serviço, porque está escrito no cabo; a antiga guarda a história com um sufixo."""
    codigo = etiqueta.codigo
    vez = Etiqueta.objects.filter(empresa=etiqueta.empresa_id, codigo__startswith=f"{codigo[:17]}/T").count()
    Etiqueta.objects.filter(pk=etiqueta.pk).update(codigo=f"{codigo[:17]}/T{vez + 1}", ativa=False)
    return Etiqueta.objects.create(
        contrato=novo, codigo=codigo, descricao=etiqueta.descricao,
        endereco=_copiar(etiqueta.endereco, cliente),
    )  # fmt: skip


def _copiar_servico(servico, novo: Contrato, etiqueta: Etiqueta | None, dia: date) -> ServicoContratado:
    return ServicoContratado.objects.create(
        contrato=novo, etiqueta=etiqueta, plano_id=servico.plano_id, codigo=servico.codigo,
        descricao=servico.descricao, quantidade=servico.quantidade, valor=servico.valor,
        desconto=servico.desconto, inicio=dia,
    )  # fmt: skip


def _acertar(contrato: Contrato, plano: Transferencia, por, protocolo: str) -> None:
    ids = [troca.fatura.pk for troca in plano.acerto.trocas]
    Fatura.objects.filter(pk__in=ids).update(situacao=SituacaoDaFatura.CANCELADA)
    saldo = plano.acerto.consumo - plano.acerto.credito
    fatura_final(contrato, saldo, plano.dia, plano.dia)
    if saldo < 0:
        Eventual.objects.create(
            contrato=contrato, tipo=TipoDeEventual.DESCONTO, motivo=MotivoDoEventual.PROPORCIONAL,
            valor=-saldo,
            competencia=plano.dia.replace(day=1), usuario=por, protocolo=protocolo,
            descricao="A devolver a quem saiu: dias pagos e não usados",
        )  # fmt: skip
