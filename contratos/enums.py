"""Enumerações do contrato, da cobrança e da rede; os números são os usados pelo mercado."""

from django.db import models


class SituacaoDoContrato(models.IntegerChoices):
    """Em que pé o contrato está; só as ações mudam."""

    NORMAL = 1, "Normal"
    DEMONSTRACAO = 2, "Demonstração"
    CORTESIA = 3, "Cortesia"
    CANCELADO = 4, "Cancelado"
    SUSPENSO = 5, "Suspenso"
    BLOQUEIO_FINANCEIRO = 6, "Bloqueio Financeiro"
    BLOQUEIO_ADMINISTRATIVO = 7, "Bloqueio Administrativo"
    ENCERRADO = 9, "Encerrado"


# Situações em que o serviço ainda existe: o contrato precisa de ao menos uma etiqueta ativa.
SITUACOES_ATIVAS = (
    SituacaoDoContrato.NORMAL,
    SituacaoDoContrato.DEMONSTRACAO,
    SituacaoDoContrato.CORTESIA,
    SituacaoDoContrato.SUSPENSO,
    SituacaoDoContrato.BLOQUEIO_FINANCEIRO,
    SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO,
)


class Estagio(models.IntegerChoices):
    """O caminho do contrato até valer."""

    PRE_CONTRATO = 1, "Pré-Contrato"
    EM_APROVACAO = 2, "Em Aprovação"
    APROVADO = 3, "Aprovado"
    REJEITADO = 4, "Rejeitado"
    CANCELADO = 5, "Cancelado"


class TipoDeFaturamento(models.IntegerChoices):
    """Como o contrato gera faturas."""

    MENSAL = 1, "Mensal"
    MULTIPLAS_OPERACOES = 2, "Múltiplas Operações"
    COMUNICACAO = 3, "Comunicação (SCM/SVA)"
    ANTECIPADO = 4, "Antecipado"
    NAO_PREVE = 5, "Não prevê faturamento"


class TipoDeCobranca(models.TextChoices):
    """Por onde a cobrança chega ao cliente."""

    BOLETO_EMAIL = "boleto_email", "Boleto por e-mail"
    BOLETO_IMPRESSO = "boleto_impresso", "Boleto impresso"
    PIX = "pix", "Pix"
    PIX_AUTOMATICO = "pix_automatico", "Pix automático"
    DEBITO_EM_CONTA = "debito_em_conta", "Débito em conta"
    CARTAO_RECORRENTE = "cartao_recorrente", "Cartão recorrente"
    FATURA_CORPORATIVA = "fatura_corporativa", "Fatura corporativa"


class TipoDePlano(models.TextChoices):
    """O que se vende."""

    INTERNET = "internet", "Internet"
    SVA = "sva", "Serviço de valor adicionado"
    TAXA = "taxa", "Taxa"


class TipoDeIp(models.TextChoices):
    """De onde a conexão tira seu endereço."""

    FIXO = "fixo", "Fixo"
    PELO_CE = "pelo_ce", "Pelo CE"
    POOL = "pool", "Pool de IP"


class TipoDeEquipamento(models.TextChoices):
    """Família do equipamento que autentica."""

    NAO_INFORMADO = "", "Não informado"
    MIKROTIK = "mikrotik", "Mikrotik"
    UBIQUITI = "ubiquiti", "Ubiquiti"
    INTELBRAS = "intelbras", "Intelbras"
    PARKS = "parks", "Parks"
    HUAWEI = "huawei", "Huawei"
    FIBERHOME = "fiberhome", "FiberHome"
    ZTE = "zte", "ZTE"
    DATACOM = "datacom", "Datacom"
    DIGISTAR = "digistar", "Digistar"
    NOKIA = "nokia", "Nokia"
    GIGATELCO = "gigatelco", "Gigatelco"
    RAISECOM = "raisecom", "Raisecom"


class StatusDaConexao(models.IntegerChoices):
    """A lista de endereços (address list) em que o concentrador põe a conexão."""

    NORMAL = 1, "Normal"
    BLOQUEADO = 2, "Bloqueado"
    AVISO_DE_BLOQUEIO = 3, "Aviso de Bloqueio"
    AVISO_DE_MANUTENCAO = 4, "Aviso de Manutenção"


class ObjetivoDoEvento(models.TextChoices):
    """Para que serve um tipo de evento: as regras da lei procuram por objetivo, não por nome."""

    COMUM = "comum", "Comum"
    ATIVACAO = "ativacao", "Ativação"
    BLOQUEIO = "bloqueio", "Bloqueio"
    DESBLOQUEIO = "desbloqueio", "Desbloqueio"
    SUSPENSAO = "suspensao", "Suspensão"
    NOTIFICACAO = "notificacao", "Notificação"
    CANCELAMENTO = "cancelamento", "Cancelamento"


class SituacaoDaFatura(models.TextChoices):
    """Em que pé a fatura está; `vencida` é uma fatura aberta depois do vencimento."""

    ABERTA = "aberta", "Aberta"
    PAGA = "paga", "Paga"
    CANCELADA = "cancelada", "Cancelada"
    RENEGOCIADA = "renegociada", "Renegociada"


class TipoDePatrimonio(models.TextChoices):
    """O que se empresta ao cliente."""

    ONU = "onu", "ONU bridge"
    ONT = "ont", "ONT Wi-Fi"
    ROTEADOR = "roteador", "Roteador"
    RADIO = "radio", "Rádio CPE"
    MESH = "mesh", "Ponto mesh"
    ATA = "ata", "ATA"


class CanalDeNotificacao(models.TextChoices):
    """Por onde se notifica um débito."""

    EMAIL = "email", "E-mail"
    SMS = "sms", "SMS"
    WHATSAPP = "whatsapp", "WhatsApp"
    CARTA = "carta", "Carta"


class TipoDeEventual(models.TextChoices):
    """Se a fatura sobe ou desce."""

    ACRESCIMO = "acrescimo", "Acréscimo"
    DESCONTO = "desconto", "Desconto"


class MotivoDoEventual(models.TextChoices):
    """De onde vem um eventual."""

    CORTESIA = "cortesia", "Desconto comercial"
    RESSARCIMENTO = "ressarcimento", "Ressarcimento por indisponibilidade"
    COBRANCA_INDEVIDA = "cobranca_indevida", "Devolução de cobrança indevida"
    PROPORCIONAL = "proporcional", "Proporcional"
    MULTA = "multa", "Multa de fidelidade"
    TAXA = "taxa", "Taxa de serviço"
    RETENCAO = "retencao", "Oferta de retenção"


class MeioDePagamento(models.TextChoices):
    """Por onde o cliente diz que pagou."""

    PIX = "pix", "Pix"
    BOLETO = "boleto", "Boleto"
    CARTAO = "cartao", "Cartão"
    DEBITO = "debito", "Débito em conta"
    DINHEIRO = "dinheiro", "Dinheiro"
    OUTRO = "outro", "Outro"


class DesfechoDoInforme(models.TextChoices):
    """O que se soube do pagamento informado."""

    CONFIRMADO = "confirmado", "Confirmado"
    NAO_CONFIRMADO = "nao_confirmado", "Não confirmado"


class OrigemDoDesbloqueio(models.TextChoices):
    """Por que o serviço voltou antes da baixa."""

    CONFIANCA = "confianca", "Em confiança"
    COMPROVANTE = "comprovante", "Pagamento informado"


class DesfechoDoDesbloqueio(models.TextChoices):
    """Como um desbloqueio temporário acabou."""

    PAGO = "pago", "Débito quitado"
    REBLOQUEADO = "rebloqueado", "Bloqueado de novo"
    SUPERADO = "superado", "Superado por outra ação"


class MotivoDaContestacao(models.TextChoices):
    """O que o cliente diz da fatura."""

    JA_PAGA = "ja_paga", "Já foi paga"
    NAO_CONTRATOU = "nao_contratou", "Cobra o que não contratou"
    VALOR = "valor", "O valor está errado"
    SEM_SERVICO = "sem_servico", "O serviço não funcionou"
    CANCELADO = "cancelado", "Já tinha cancelado"
    OUTRO = "outro", "Outro"


class FundamentoDoBloqueio(models.TextChoices):
    """Por que se bloqueia sem ser por débito: lista fechada (Marco Civil, art. 7º, IV)."""

    ORDEM_JUDICIAL = "ordem_judicial", "Ordem judicial"
    FRAUDE = "fraude", "Fraude ou abuso documentado"
    SEGURANCA = "seguranca", "Segurança da rede ou de terceiros"
    PEDIDO_DO_TITULAR = "pedido_do_titular", "Pedido do titular"
