"""As linhas de um bloco de clientes, no formato de texto do COPY.

Um bloco depende só da semente, de seu índice e das `Referencias`: pode ser gerado em qualquer
processo e em qualquer ordem. Nada aqui importa o Django, para que um processo gerador parta logo.
"""

from datetime import date
from decimal import Decimal
from random import Random

from atendimento.popular import ficticios, mistura, nomes
from atendimento.popular.referencias import DIAS_DE_VENCIMENTO, Calendario, Plano, Referencias

COLUNAS = {
    "concentrador": "id nome ip fabricante modelo porta_coa ativo",
    "ponto": "id codigo titulo fora_do_ar concentrador_id",
    "olt": "id nome fabricante modelo slots portas_por_slot ponto_de_acesso_id",
    "splitter": "id nome razao slot porta endereco olt_id",
    "condominio": "id nome endereco sindico regras",
    "cliente": (
        "id tipo nome nome_social nome_fantasia documento nascimento segmento observacao codigo_externo"
        " demo criado_em atualizado_em versao"
    ),
    "alerta": "id texto gravidade criado_em cliente_id",
    "contato": "id tipo valor descricao principal whatsapp confirmado_em cliente_id",
    "endereco": (
        "id cep logradouro numero complemento bairro cidade uf referencia principal codigo_externo cliente_id"
    ),
    "contrato": (
        "id numero situacao tipo_de_contrato tipo_de_faturamento tipo_de_cobranca vigencia_inicio"
        " vigencia_fim valor dia_vencimento dia_corte fidelidade_inicio fidelidade_meses fidelidade_beneficio"
        " ativado_em cancelado_em motivo_do_cancelamento criado_em atualizado_em cliente_id endereco_id"
        " empresa_id estagio bloqueio_automatico vendedor observacao codigo_externo demo versao"
        " situacao_desde"
    ),
    "etiqueta": "id codigo descricao ativa contrato_id empresa_id endereco_id codigo_externo",
    "servico": (
        "id codigo descricao quantidade valor desconto inicio fim contrato_id etiqueta_id plano_id"
        " codigo_externo"
    ),
    "conexao": (
        "id ativa login senha tipo_ip ip cgnat mac tipo_equipamento slot_olt porta_olt porta_splitter unidade"
        " serial usuario_equipamento senha_equipamento status concentrador_id condominio_id endereco_id"
        " etiqueta_id olt_id ponto_de_acesso_id servico_id splitter_id codigo_externo"
    ),
    "evento": "id contrato_id tipo_id descricao ocorrido_em usuario_id protocolo",
    "fatura": (
        "id numero competencia vencimento valor situacao pago_em valor_pago linha_digitavel contrato_id"
        " contestada codigo_externo"
    ),
    "notificacao": "id canal enviada_em entregue_em conteudo fatura_id",
}

NULO = r"\N"
HORAS = [f"{8 + n % 11:02d}:{n * 7 % 60:02d}:{n * 13 % 60:02d}-03" for n in range(1024)]
COBRANCAS = mistura.repetir(
    (40, "boleto_email"), (5, "boleto_impresso"), (25, "pix"), (15, "pix_automatico"), (5, "debito_em_conta"),
    (10, "cartao_recorrente"),
)  # fmt: skip
AVULSOS = ["SVA-MESH", "SVA-IP", "SVA-TV", "SVA-FONE", "SVA-AV"]
RESIDENCIAIS = mistura.repetir((30, "FIB-200"), (35, "FIB-400"), (25, "FIB-600"), (10, "FIB-1G"))
EMPRESARIAIS = mistura.repetir((40, "FIB-600"), (20, "FIB-1G"), (30, "EMP-300"), (10, "DED-100"))
OLTS = [("huawei", "MA5800-X7"), ("zte", "C320"), ("fiberhome", "AN5516")]
SEGMENTOS = mistura.repetir((90, ""), (4, "VIP"), (3, "Condomínio"), (3, "Rural"))
ALERTAS = [
    ("Cliente sensível: falar com o titular antes de qualquer mudança.", "critico"),
    ("Acesso ao imóvel só com agendamento na portaria.", "atencao"),
    ("Prefere contato por mensagem.", "informacao"),
    ("Equipamento em comodato a conferir na próxima visita.", "atencao"),
]
MOTIVOS = [
    ("cancelamento-sem-cobertura", "Mudança para área sem cobertura"),
    ("cancelamento-preco", "Preço"),
    ("cancelamento-concorrencia", "Concorrência"),
    ("cancelamento-nao-usa", "Não usa mais"),
]
FATOS = [
    ("alteracao-de-vencimento", "vencimento: {a} → {b} · Justificativa: pedido do cliente"),
    ("alteracao-de-cobranca", "cobrança: Boleto por e-mail → Pix · Justificativa: pedido do cliente"),
    ("upgrade", "plano: Ipê Fibra {a}00 Mega → Ipê Fibra {b}00 Mega · Justificativa: oferta aceita"),
    ("servico-incluido", "Serviço Incluído: Ponto mesh · Total: {a}9,90 · Justificativa: pedido do cliente"),
    ("servico-excluido", "Serviço excluído: Antivírus · Justificativa: não usa"),
    ("bloqueio-financeiro", "situação: Normal → Bloqueio Financeiro · fatura vencida há {b} dias"),
    ("desbloqueio-por-pagamento", "situação: Bloqueio Financeiro → Normal · pagamento conferido"),
    ("desbloqueio-em-confianca", "Desbloqueio em confiança por {a} dias (1/1) · contato com o titular"),
    ("notificacao-de-debito", "Notificação de débito enviada por e-mail · fatura vencida há {b} dias"),
    ("eventual-lancado", "Desconto de R$ {a},{b} na próxima fatura · Justificativa: indisponibilidade"),
    ("reajuste-anual", "Reajuste anual de {a},{b} % pelo índice do contrato"),
    ("troca-de-equipamento", "Troca de ONT · patrimônio {a}{b} · Justificativa: porta queimada"),
    ("renegociacao", "Renegociação em {a} parcelas · termo aceito"),
]
# Situação → o evento que a explica, escrito por último.
DESFECHOS = {
    mistura.FINANCEIRO: (
        "bloqueio-financeiro",
        "situação: Normal → Bloqueio Financeiro · 15 dias da notificação",
    ),
    mistura.SUSPENSO: ("suspensao-inicio", "Detalhes da suspensão: 60 dias · Justificativa: viagem"),
    mistura.ADMINISTRATIVO: (
        "bloqueio-administrativo",
        "situação: Normal → Bloqueio Administrativo · segurança",
    ),
    mistura.ENCERRADO: ("encerramento", "situação: Normal → Encerrado · fim da vigência"),
}
NOTIFICACAO = (
    "A fatura {numero}, de R$ {valor}, venceu em {vencimento}. Sem pagamento, o serviço será suspenso 15 dias"
    " após o recebimento deste aviso e o contrato poderá ser rescindido depois de mais 60 dias,"
    " quando o débito poderá ser inscrito em cadastro de proteção ao crédito."
    " Pago o débito, o serviço volta em até 1 dia."
)


def reais(centavos: int) -> str:
    """Centavos como o PostgreSQL lê um numeric."""
    return f"{centavos // 100}.{centavos % 100:02d}"


class Bloco:
    """Gera, cliente a cliente, as linhas de todas as tabelas de um bloco.

    `linhas` junta o que já saiu, por tabela. Os ids seguem de `proximo`, que parte do primeiro id
    reservado ao bloco.
    """

    def __init__(self, ref: Referencias, calendario: Calendario, chave: str, proximo: dict[str, int]):
        self.ref, self.cal, self.proximo = ref, calendario, proximo
        self.rng = Random(f"{ref.semente}:{chave}")
        self.sorte = self.rng.random
        self.linhas: dict[str, list[str]] = {tabela: [] for tabela in COLUNAS}
        self.fatos = [
            f"{ref.tipos_de_evento[tipo]}\t{texto.format(a=a, b=b)}"
            for tipo, texto in FATOS
            for a in (2, 4, 6)
            for b in (10, 15, 20, 25)
        ]
        self.hoje = f"{calendario.dia(0)} 00:00:00-03"
        self.primeiro_splitter = proximo["splitter"]
        self.conexoes_no_splitter = 0

    def _id(self, tabela: str) -> int:
        novo = self.proximo[tabela]
        self.proximo[tabela] = novo + 1
        return novo

    def _instante(self, atras: int) -> str:
        return f"{self.cal.dia(atras)} {HORAS[self.rng.getrandbits(10)]}"

    def _entre(self, de: int, ate: int) -> int:
        """Inteiro de `de` até antes de `ate`: quatro vezes mais rápido que `randrange`."""
        return de + int(self.sorte() * (ate - de))

    def _um_de(self, valores):
        return valores[int(self.sorte() * len(valores))]

    # Rede

    def usar_rede(self, posto: int, **ids: int) -> None:
        """Pendura o bloco numa OLT; `posto` é sua vez nela, `ids` os da rede ao redor."""
        self.posto = posto
        self.concentrador, self.ponto, self.olt = ids["concentrador"], ids["ponto"], ids["olt"]
        self.condominios = ids["condominio"]
        self.fabricante, self.modelo = OLTS[self.olt % len(OLTS)]

    def criar_concentrador(self) -> None:
        """O concentrador em uso, na faixa de documentação."""
        numero = self.concentrador
        self.linhas["concentrador"].append(
            f"{numero}\tbras-v{numero:04d}\t2001:db8:ce::{numero:x}\tmikrotik\tCCR\t3799\tt\n"
        )

    def criar_olt(self) -> None:
        """A OLT em uso, seu ponto de acesso e os condomínios que ela atende."""
        numero, ponto = self.olt, self.ponto
        self.linhas["ponto"].append(f"{ponto}\tV{ponto}.1\tPOP Volume {ponto}\tf\t{self.concentrador}\n")
        self.linhas["olt"].append(
            f"{numero}\tOLT-V{numero:05d}\t{self.fabricante}\t{self.modelo}\t7\t16\t{ponto}\n"
        )
        for unidade in range(self.condominios, self.condominios + mistura.PASSO["condominio"]):
            self.linhas["condominio"].append(
                f"{unidade}\tCondomínio Volume {unidade}\t{nomes.RUAS[unidade % len(nomes.RUAS)]}, 100"
                "\tPortaria\t\n"
            )

    def criar_splitters(self) -> None:
        """Os splitters de que as conexões já geradas precisaram; nove por porta da OLT."""
        usados = -(-self.conexoes_no_splitter // mistura.PORTAS_USADAS)
        for ordem in range(usados):
            numero = self.primeiro_splitter + ordem
            pon = (self.posto * mistura.PASSO["splitter"] + ordem) // 9
            self.linhas["splitter"].append(
                f"{numero}\tCTO-V{numero:07d}\t{mistura.RAZAO_DO_SPLITTER}\t{pon // 16 + 1}\t{pon % 16}"
                f"\t{nomes.RUAS[numero % len(nomes.RUAS)]}\t{self.olt}\n"
            )

    # Pessoas

    def criar_cliente(self, tipo: str, pessoa: tuple[str, str], codigo_externo: str = NULO) -> "Titular":
        """O cliente com telefone, e-mail e endereço. Devolve o que seus contratos precisam dele."""
        numero, rng = self._id("cliente"), self.rng
        nome, apelido = pessoa
        fantasia = social = ""
        if tipo == "PF":
            documento = ficticios.cpf_errado(numero * 387_420_489 % 10**9, ficticios.DESVIO_DO_VOLUME)
            if self.sorte() < 0.012:
                social = nomes.TODOS_OS_PRENOMES.sortear(rng, 1)[0][0] + " " + nome.split()[-1]
        elif tipo == "EX":
            documento = f"FX{numero:08d}"
        else:
            [(nome, fantasia, apelido)] = nomes.empresas(rng, 1)
            if tipo == "PJ alfanumérico":
                documento = ficticios.cnpj_alfanumerico(f"V{numero:07X}")
            else:
                documento = ficticios.cnpj_errado(numero % 10**8, ficticios.DESVIO_DO_VOLUME)
        desde = self._entre(140, 2500)
        criado = self._instante(desde)
        nascimento = self.cal.dia(desde) if tipo.startswith("PJ") else f"{self._entre(1940, 2006)}-06-15"
        self.linhas["cliente"].append(
            f"{numero}\t{tipo[:2]}\t{nome}\t{social}\t{fantasia}\t{documento}\t{nascimento}\t{self._um_de(SEGMENTOS)}"
            f"\t\t{codigo_externo}\tt\t{criado}\t{criado}\t1\n"
        )
        empresa = rng.choices(range(len(self.ref.empresas)), cum_weights=(60, 90, 100))[0]
        endereco = self._criar_endereco(numero, nomes.CIDADES[empresa])
        self._criar_contatos(numero, apelido, desde)
        return Titular(numero, apelido, tipo.startswith("PJ"), empresa, endereco, desde)

    def _criar_endereco(self, cliente: int, cidade: str) -> int:
        numero = self._id("endereco")
        self.linhas["endereco"].append(
            f"{numero}\t000000{self._entre(0, 100):02d}\t{self._um_de(nomes.RUAS)}"
            f"\t{self._entre(1, 3000)}\t\t{self._um_de(nomes.BAIRROS)}\t{cidade}"
            f"\t{nomes.UF}\t\tt\t{NULO}\t{cliente}\n"
        )
        return numero

    def _criar_contatos(self, cliente: int, apelido: str, desde: int) -> None:
        ddd = self._um_de(ficticios.DDDS)
        confirmado = self._instante(self._entre(1, desde)) if self.sorte() < 0.6 else NULO
        fone = ficticios.telefone(ddd, self._entre(0, 10_000))
        self.linhas["contato"] += (
            f"{self._id('contato')}\ttelefone\t{fone}\tCelular\tt\tt\t{confirmado}\t{cliente}\n",
            f"{self._id('contato')}\temail\t{apelido}.{cliente}@exemplo.net\t\tf\tf\t{NULO}\t{cliente}\n",
        )

    def criar_alerta(self, cliente: int) -> None:
        """Um aviso fixado no painel do cliente."""
        texto, gravidade = self._um_de(ALERTAS)
        self.linhas["alerta"].append(f"{self._id('alerta')}\t{texto}\t{gravidade}\t{self.hoje}\t{cliente}\n")

    # Contratos

    def criar_contrato(self, titular: "Titular", situacao: int, etiquetas: list["Pedido"]) -> "Vinculo":
        """O contrato com suas etiquetas, serviços e conexões. Eventos e faturas vêm depois."""
        numero = self._id("contrato")
        inicio = self._entre(130, titular.desde)
        ativo = situacao not in (mistura.CANCELADO, mistura.ENCERRADO)
        fim = 0 if ativo else self._entre(3, inicio - 100)
        empresas = self.ref.empresas
        empresa = empresas[titular.empresa] if self.sorte() < 0.95 else self._um_de(empresas)
        vinculo = Vinculo(numero, situacao, inicio, fim, self._um_de(DIAS_DE_VENCIMENTO), empresa)
        fidelidade = 0
        for pedido in etiquetas:
            plano = self._criar_etiqueta(titular, vinculo, pedido)
            fidelidade = max(fidelidade, plano.fidelidade)
        self._escrever_contrato(titular, vinculo, fidelidade)
        return vinculo

    def _escrever_contrato(self, titular: "Titular", v: "Vinculo", fidelidade: int) -> None:
        inicio, fim = self.cal.dia(v.inicio), self.cal.dia(v.fim) if v.fim else NULO
        cancelado = v.situacao == mistura.CANCELADO
        if cancelado:
            v.motivo, rotulo = self._um_de(MOTIVOS)
        tipo = "Empresarial" if titular.juridica else "Residencial"
        faturamento = 5 if v.situacao in (mistura.CORTESIA, mistura.DEMONSTRACAO) else 1
        cobranca = "fatura_corporativa" if titular.juridica else self._um_de(COBRANCAS)
        criado = self._instante(v.inicio)
        # O débito se notifica antes do bloqueio, e o bloqueio é sempre recente.
        desde = f"{self.cal.dia(10)} 12:00:00-03" if v.situacao == mistura.FINANCEIRO else criado
        self.linhas["contrato"].append(
            f"{v.id}\tV{v.id:08d}\t{v.situacao}\t{tipo}\t{faturamento}\t{cobranca}\t{inicio}\t{fim}"
            f"\t{reais(v.centavos)}\t{v.dia}\t{v.dia}\t{inicio if fidelidade else NULO}\t{fidelidade}"
            f"\t{'150.00' if fidelidade else '0.00'}\t{inicio}\t{fim if cancelado else NULO}"
            f"\t{rotulo if cancelado else ''}\t{criado}\t{criado}\t{titular.id}"
            f"\t{titular.endereco}\t{v.empresa}\t3\tt\t\t\t{NULO}\tt\t1\t{desde}\n"
        )

    def _criar_etiqueta(self, titular: "Titular", v: "Vinculo", pedido: "Pedido") -> Plano:
        numero = self._id("etiqueta")
        if pedido.meio is mistura.RADIO:
            codigo = "RAD-30"
        else:
            codigo = self._um_de(EMPRESARIAIS if titular.juridica else RESIDENCIAIS)
        plano = self.ref.planos[codigo]
        self.linhas["etiqueta"].append(
            f"{numero}\tEV{numero:08d}\t{plano.nome}\t{'f' if v.fim else 't'}\t{v.id}\t{v.empresa}"
            f"\t{titular.endereco}\t{NULO}\n"
        )
        servico = self._criar_servico(v, numero, plano)
        primeiro = self._entre(0, len(AVULSOS))
        for ordem in range(primeiro, primeiro + pedido.avulsos):
            self._criar_servico(v, numero, self.ref.planos[AVULSOS[ordem % len(AVULSOS)]])
        for _ in range(pedido.conexoes):
            self._criar_conexao(titular, v, numero, servico, plano, pedido.meio)
        return plano

    def _criar_servico(self, v: "Vinculo", etiqueta: int, plano: Plano) -> int:
        numero = self._id("servico")
        v.centavos += plano.centavos
        self.linhas["servico"].append(
            f"{numero}\t{plano.codigo}\t{plano.nome}\t1\t{reais(plano.centavos)}\t0.00\t{self.cal.dia(v.inicio)}"
            f"\t{self.cal.dia(v.fim) if v.fim else NULO}\t{v.id}\t{etiqueta}\t{plano.id}\t{NULO}\n"
        )
        return numero

    def _criar_conexao(
        self, titular, v: "Vinculo", etiqueta: int, servico: int, plano: Plano, meio: str
    ) -> None:
        numero = self._id("conexao")
        sorte = self.sorte()
        fixo = plano.codigo in ("EMP-300", "DED-100") or sorte < 0.02
        tipo_ip, ip = ("fixo", ficticios.ipv6_do_volume(numero)) if fixo else ("pool", NULO)
        if not fixo and sorte > 0.9:
            tipo_ip = "pelo_ce"
        splitter = porta_splitter = slot = porta = condominio = NULO
        serial, equipamento, unidade = "", self.fabricante, ""
        if meio is mistura.RADIO:
            equipamento = "ubiquiti"
        else:
            serial = ficticios.serial_do_volume(self.fabricante, numero)
        if meio is mistura.FIBRA:
            caixa, saida = divmod(self.conexoes_no_splitter, mistura.PORTAS_USADAS)
            splitter, porta_splitter = self.primeiro_splitter + caixa, saida + 1
            self.conexoes_no_splitter += 1
        elif meio is mistura.FIBRA_SEM_SPLITTER:
            slot, porta = numero % 7 + 1, numero % 16
        if 0.5 < sorte < 0.55:
            condominio, unidade = (
                self.condominios + numero % mistura.PASSO["condominio"],
                f"Apto {numero % 900 + 100}",
            )
        bloqueada = v.situacao in (mistura.FINANCEIRO, mistura.ADMINISTRATIVO, mistura.SUSPENSO)
        self.linhas["conexao"].append(
            f"{numero}\t{'f' if v.fim else 't'}\t{titular.apelido}.{numero}@ipe"
            f"\t{self._um_de(self.ref.senhas)}\t{tipo_ip}\t{ip}"
            f"\t{'f' if fixo or sorte > 0.6 else 't'}\t{ficticios.mac_do_volume(numero)}"
            f"\t{equipamento}\t{slot}\t{porta}\t{porta_splitter}\t{unidade}\t{serial}\tadmin"
            f"\t{self._um_de(self.ref.senhas)}\t{2 if bloqueada else 1}\t{self.concentrador}\t{condominio}"
            f"\t{titular.endereco}\t{etiqueta}\t{NULO if meio is mistura.RADIO else self.olt}\t{self.ponto}"
            f"\t{servico}\t{splitter}\t{NULO}\n"
        )

    # Histórico e cobrança

    def criar_eventos(self, v: "Vinculo", quantos: int) -> None:
        """Criado, ativado, o que houve no meio e, no fim, o que explica a situação."""
        tipos, dia_de, sortear = self.ref.tipos_de_evento, self.cal.dia, self.rng.getrandbits
        fatos = [
            (v.inicio, f"{tipos['contrato-criado']}\tContrato V{v.id:08d} criado"),
            (v.inicio - 2, f"{tipos['ativado']}\tServiço instalado e ativado"),
        ]
        desfecho = DESFECHOS.get(v.situacao)
        if v.situacao == mistura.CANCELADO:
            desfecho = (v.motivo, "situação: Normal → Cancelado · pedido do titular")
        ate = v.fim or v.desfecho
        meio = quantos - 2 - (desfecho is not None)
        faixa, sorte, textos = v.inicio - 2 - ate, self.sorte, self.fatos
        dias = sorted([ate + int(sorte() * faixa) for _ in range(meio)], reverse=True)
        fatos += [(dia, textos[int(sorte() * len(textos))]) for dia in dias]
        if desfecho:
            fatos.append((ate, f"{tipos[desfecho[0]]}\t{desfecho[1]}"))
        primeiro = self.proximo["evento"]
        self.proximo["evento"] = primeiro + len(fatos)
        self.linhas["evento"] += [
            f"{numero}\t{v.id}\t{fato}\t{dia_de(dia)} {HORAS[sortear(10)]}\t{NULO}\t\n"
            for numero, (dia, fato) in enumerate(fatos, primeiro)
        ]

    def criar_faturas(self, v: "Vinculo", quantas: int) -> None:
        """As últimas faturas: de quem está em dia, pagas e uma por vencer; do bloqueado, vencidas."""
        em_dia = v.situacao == mistura.NORMAL
        ultimo_mes = self.cal.meses[v.fim] + 1 if v.fim else 0 if em_dia else 1
        for meses in range(ultimo_mes + quantas - 1, ultimo_mes - 1, -1):
            vencida_ha = self.cal.vencimentos[meses][v.dia]
            if v.situacao == mistura.FINANCEIRO:
                paga = meses > 2
            elif em_dia and meses == 0:
                paga = self.sorte() < (0.93 if vencida_ha > 0 else 0.25)
            else:
                paga = not em_dia or meses > 1 or self.sorte() < 0.96
            fatura = self._criar_fatura(v, meses, vencida_ha, paga)
            if v.situacao == mistura.FINANCEIRO and meses == 2:
                self._notificar(v, fatura, vencida_ha)

    def _linha(self, numero: int, vencida_ha: int, centavos: int) -> str:
        """Uma linha digitável de dígitos certos, de um banco que não existe."""
        vencimento = date.fromisoformat(self.cal.dia(vencida_ha))
        return ficticios.linha_digitavel(numero, vencimento, Decimal(centavos) / 100)

    def _criar_fatura(self, v: "Vinculo", meses: int, vencida_ha: int, paga: bool) -> int:
        numero, valor = self._id("fatura"), reais(v.centavos)
        if paga:
            pagamento = self.cal.dia(max(1, vencida_ha + self._entre(-1, 6)))
            resto = f"paga\t{pagamento}\t{valor}\t"
        else:
            resto = f"aberta\t{NULO}\t{NULO}\t{self._linha(numero, vencida_ha, v.centavos)}"
        self.linhas["fatura"].append(
            f"{numero}\tFV{numero:09d}\t{self.cal.competencias[meses]}\t{self.cal.dia(vencida_ha)}\t{valor}\t{resto}"
            f"\t{v.id}\tf\t{NULO}\n"
        )
        return numero

    def _notificar(self, v: "Vinculo", fatura: int, vencida_ha: int) -> None:
        enviada = vencida_ha - 3
        v.desfecho = enviada - 16
        texto = NOTIFICACAO.format(
            numero=f"FV{fatura:09d}",
            valor=reais(v.centavos).replace(".", ","),
            vencimento=self.cal.dia(vencida_ha),
        )
        dia = self.cal.dia(enviada)
        self.linhas["notificacao"].append(
            f"{self._id('notificacao')}\temail\t{dia} 09:00:00-03\t{dia} 09:05:00-03\t{texto}\t{fatura}\n"
        )


class Titular:
    """O que os contratos de um cliente precisam saber dele; `desde` em dias atrás."""

    __slots__ = ("apelido", "desde", "empresa", "endereco", "id", "juridica")

    def __init__(self, id_, apelido, juridica, empresa, endereco, desde):
        self.id, self.apelido, self.juridica = id_, apelido, juridica
        self.empresa, self.endereco, self.desde = empresa, endereco, desde


class Vinculo:
    """Um contrato enquanto suas linhas são geradas; `inicio`, `fim` e `desfecho` em dias atrás."""

    __slots__ = ("centavos", "desfecho", "dia", "empresa", "fim", "id", "inicio", "motivo", "situacao")

    def __init__(self, id_, situacao, inicio, fim, dia, empresa):
        self.id, self.situacao, self.inicio, self.fim = id_, situacao, inicio, fim
        self.dia, self.empresa = dia, empresa
        self.centavos, self.desfecho, self.motivo = 0, 1, ""


class Pedido:
    """Como será uma etiqueta: por que meio chega, com quantas conexões e serviços avulsos."""

    __slots__ = ("avulsos", "conexoes", "meio")

    def __init__(self, meio=mistura.FIBRA, conexoes=1, avulsos=1):
        self.meio, self.conexoes, self.avulsos = meio, conexoes, avulsos
