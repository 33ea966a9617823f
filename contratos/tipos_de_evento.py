"""O cadastro de tipos de evento com que toda instalação começa.

As ações escrevem eventos pelo código; por isso uma linha que falte volta a cada `migrate`. Nomes
e objetivos que o administrador mudou ficam como ele os deixou.
"""

from contratos.enums import ObjetivoDoEvento as Objetivo

TIPOS_DE_EVENTO = [
    ("contrato-criado", "Contrato criado", Objetivo.COMUM),
    ("aprovado", "Aprovado", Objetivo.COMUM),
    ("assinatura-eletronica", "Assinatura eletrônica", Objetivo.COMUM),
    ("ativado", "Ativado", Objetivo.ATIVACAO),
    ("alteracao-de-vencimento", "Alteração de vencimento", Objetivo.COMUM),
    ("alteracao-de-cobranca", "Alteração de forma de cobrança", Objetivo.COMUM),
    ("alteracao-de-etiqueta", "Alteração de etiqueta de serviço", Objetivo.COMUM),
    ("upgrade", "Upgrade", Objetivo.COMUM),
    ("downgrade", "Downgrade", Objetivo.COMUM),
    ("servico-incluido", "Serviço incluído", Objetivo.COMUM),
    ("servico-excluido", "Serviço excluído", Objetivo.COMUM),
    ("mudanca-de-endereco-solicitada", "Mudança de endereço solicitada", Objetivo.COMUM),
    ("mudanca-de-endereco-concluida", "Mudança de endereço concluída", Objetivo.COMUM),
    ("transferencia-de-titularidade", "Transferência de titularidade", Objetivo.COMUM),
    ("bloqueio-financeiro", "Bloqueio financeiro", Objetivo.BLOQUEIO),
    ("desbloqueio-por-pagamento", "Desbloqueio por pagamento", Objetivo.DESBLOQUEIO),
    ("desbloqueio-em-confianca", "Desbloqueio em confiança", Objetivo.DESBLOQUEIO),
    ("rebloqueio-automatico", "Rebloqueio automático", Objetivo.BLOQUEIO),
    ("bloqueio-administrativo", "Bloqueio administrativo", Objetivo.BLOQUEIO),
    ("desbloqueio-administrativo", "Desbloqueio administrativo", Objetivo.DESBLOQUEIO),
    ("suspensao-marcada", "Suspensão a pedido: marcada", Objetivo.COMUM),
    ("suspensao-inicio", "Suspensão a pedido: início", Objetivo.SUSPENSAO),
    ("suspensao-fim", "Suspensão a pedido: fim", Objetivo.COMUM),
    ("notificacao-de-debito", "Notificação de débito", Objetivo.NOTIFICACAO),
    ("pagamento-informado", "Pagamento informado", Objetivo.COMUM),
    ("contestacao", "Contestação de débito", Objetivo.COMUM),
    ("contestacao-respondida", "Contestação respondida", Objetivo.COMUM),
    ("rescisao-proposta", "Rescisão proposta", Objetivo.NOTIFICACAO),
    ("renegociacao", "Renegociação", Objetivo.COMUM),
    ("eventual-lancado", "Eventual lançado", Objetivo.COMUM),
    ("reajuste-anual", "Reajuste anual", Objetivo.COMUM),
    ("troca-de-equipamento", "Troca de equipamento", Objetivo.COMUM),
    ("retirada-de-equipamento", "Retirada de equipamento", Objetivo.COMUM),
    ("alteracao-de-senha", "Alteração de senha da conexão", Objetivo.COMUM),
    ("cancelamento-sem-cobertura", "Cancelamento: mudança para área sem cobertura", Objetivo.CANCELAMENTO),
    ("cancelamento-preco", "Cancelamento: preço", Objetivo.CANCELAMENTO),
    ("cancelamento-concorrencia", "Cancelamento: concorrência", Objetivo.CANCELAMENTO),
    ("cancelamento-insatisfacao-tecnica", "Cancelamento: insatisfação técnica", Objetivo.CANCELAMENTO),
    (
        "cancelamento-insatisfacao-atendimento",
        "Cancelamento: insatisfação com o atendimento",
        Objetivo.CANCELAMENTO,
    ),
    ("cancelamento-financeiro", "Cancelamento: financeiro", Objetivo.CANCELAMENTO),
    ("cancelamento-nao-usa", "Cancelamento: não usa mais", Objetivo.CANCELAMENTO),
    ("cancelamento-obito", "Cancelamento: óbito", Objetivo.CANCELAMENTO),
    ("cancelamento-empresa-encerrada", "Cancelamento: encerramento de empresa", Objetivo.CANCELAMENTO),
    (
        "cancelamento-descumprimento",
        "Cancelamento: descumprimento do provedor",
        Objetivo.CANCELAMENTO,
    ),
    ("cancelamento-inadimplencia", "Cancelamento: inadimplência", Objetivo.CANCELAMENTO),
    ("cancelamento-outro", "Cancelamento: outro motivo", Objetivo.CANCELAMENTO),
    ("reativacao", "Reativação", Objetivo.ATIVACAO),
    ("encerramento", "Encerramento", Objetivo.COMUM),
]


def garantir_tipos_de_evento(**_):
    """Cria os tipos que faltam; serve de receptor de `post_migrate`."""
    from contratos.models import TipoDeEvento

    existentes = set(TipoDeEvento.objects.values_list("codigo", flat=True))
    TipoDeEvento.objects.bulk_create(
        [
            TipoDeEvento(codigo=codigo, nome=nome, objetivo=objetivo)
            for codigo, nome, objetivo in TIPOS_DE_EVENTO
            if codigo not in existentes
        ],
        ignore_conflicts=True,
    )
