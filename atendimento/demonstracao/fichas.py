"""Escreve as fichas fictícias: pessoa, contrato, etiqueta, conexão, eventos e faturas.

Datas se dizem em dias (ou meses) antes de hoje, para que a demonstração nunca envelheça.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from django.db.models import Model
from django.utils import timezone

from atendimento.demonstracao.rede import Rede
from atendimento.popular import ficticios, nomes
from clientes.enums import TipoDeContato, TipoDePessoa
from clientes.models import Alerta, Cliente, Contato, Endereco
from contratos.cifra import cifrar
from contratos.enums import (
    SITUACOES_ATIVAS,
    CanalDeNotificacao,
    DesfechoDoDesbloqueio,
    MotivoDaContestacao,
    OrigemDoDesbloqueio,
    SituacaoDaFatura,
    SituacaoDoContrato,
    StatusDaConexao,
    TipoDeCobranca,
    TipoDeFaturamento,
    TipoDeIp,
)
from contratos.models import (
    Conexao,
    Contestacao,
    Contrato,
    DesbloqueioTemporario,
    Empresa,
    Equipamento,
    Etiqueta,
    EventoDeContrato,
    Fatura,
    NotificacaoDeDebito,
    Plano,
    ServicoContratado,
    TipoDeEvento,
)
from perfis.models import Usuario

DDD = 54
DIAS_DE_VENCIMENTO = (5, 10, 15, 20, 25)
MACS_DOS_CENARIOS = 32
LETRAS_DE_SENHA = "abcdefghjkmnpqrstuvwxyz23456789"
SEM_FATURA = (SituacaoDoContrato.CORTESIA, SituacaoDoContrato.DEMONSTRACAO)
BLOQUEADAS = (
    SituacaoDoContrato.BLOQUEIO_FINANCEIRO,
    SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO,
    SituacaoDoContrato.SUSPENSO,
)
NOTIFICACAO = (
    "A fatura {numero}, de R$ {valor}, venceu em {vencimento}. Sem pagamento, o serviço será suspenso"
    " em {suspensao} (15 dias após este aviso) e o contrato poderá ser rescindido depois de mais 60 dias,"
    " quando o débito poderá ser inscrito em cadastro de proteção ao crédito. Pago o débito, o serviço volta"
    " em até 1 dia."
)
# Sigla das CTOs, OLT e concentrador de cada cidade.
REDE_DA_CIDADE = {
    "Vale do Ipê": ("CEN", "OLT-CEN-01", "bras-ipe-01"),
    "Santa Aurora": ("AUR", "OLT-AUR-01", "bras-aurora-01"),
    "Porto Jacarandá": ("RUR", "OLT-RUR-01", "bras-ipe-02"),
}


class Fichas:
    """Cria os registros de uma demonstração; todos saem com `demo=True`.

    Ficam em espera até `gravar`, que leva ao banco os de cada modelo de uma vez; até lá não têm id.
    """

    def __init__(self, rede: Rede, empresas: dict[str, Empresa], planos: dict[str, Plano]):
        self.rede, self.empresas, self.planos = rede, empresas, planos
        self.hoje = timezone.localdate()
        self.rng = Random(42)
        self.tipos = {tipo.codigo: tipo for tipo in TipoDeEvento.objects.all()}
        self.autores = list(Usuario.objects.filter(demo=True, is_staff=False).order_by("pk"))
        self._pessoas = self._contratos = self._telefones = self._conexoes = self._faturas = 0
        self._ips = 0
        self.proximo_codigo: str | None = None
        self._logins: set[str] = set()
        self._etiquetas: dict[str, list[Etiqueta]] = {}
        self._principais: dict[str, ServicoContratado] = {}
        # Na ordem em que se grava: cada um precisa do id daquele a que pertence.
        self._em_espera: dict[type[Model], list[Model]] = {
            modelo: []
            for modelo in (
                Cliente,
                Endereco,
                Contato,
                Alerta,
                Contrato,
                Etiqueta,
                ServicoContratado,
                Conexao,
                Equipamento,
                EventoDeContrato,
                DesbloqueioTemporario,
                Fatura,
                NotificacaoDeDebito,
                Contestacao,
            )
        }

    def gravar(self) -> None:
        """Grava o que estava em espera."""
        for modelo, objetos in self._em_espera.items():
            modelo.objects.bulk_create(objetos, batch_size=1000)
            objetos.clear()

    def _esperar[M: Model](self, objeto: M) -> M:
        self._em_espera[type(objeto)].append(objeto)
        return objeto

    def dia(self, atras: int) -> date:
        """A data de `atras` dias antes de hoje."""
        return self.hoje - timedelta(atras)

    def instante(self, atras: int, hora: int | None = None) -> datetime:
        """Um momento do horário comercial de `atras` dias antes de hoje."""
        hora = self.rng.randrange(8, 18) if hora is None else hora
        return timezone.make_aware(datetime.combine(self.dia(atras), time(hora, self.rng.randrange(60))))

    # Pessoas

    def pessoa(self, nome: str, **campos) -> Cliente:
        """Um cliente com telefone, e-mail e endereço; o documento de CPF tem dígitos errados."""
        self._pessoas += 1
        cidade = campos.pop("cidade", nomes.CIDADES[0])
        codigo, self.proximo_codigo = self.proximo_codigo, None
        base = (self._pessoas * 7_654_321 + 135_792_468) % 10**9
        padrao = {
            "codigo_externo": codigo,
            "documento": ficticios.cpf_errado(base, ficticios.DESVIO_DA_DEMONSTRACAO),
            "nascimento": date(1945 + self._pessoas * 7 % 60, self._pessoas % 12 + 1, self._pessoas % 28 + 1),
        }
        cliente = self._esperar(Cliente(nome=nome, demo=True, **padrao | campos))
        self.endereco(cliente, cidade, principal=True)
        palavras = nomes.em_palavras_ascii(cliente.nome_fantasia or nome)
        apelido = f"{palavras[0]}.{palavras[-1]}"
        self.telefone(cliente, principal=True, whatsapp=self._pessoas % 3 > 0)
        dominio = "example.com" if self._pessoas % 4 == 0 else "exemplo.net"
        self.contato(cliente, TipoDeContato.EMAIL, f"{apelido}{self._pessoas}@{dominio}")
        return cliente

    def empresa_cliente(self, razao: str, fantasia: str, documento: str, **campos) -> Cliente:
        """Uma pessoa jurídica."""
        return self.pessoa(
            razao, nome_fantasia=fantasia, documento=documento, tipo=TipoDePessoa.JURIDICA, **campos
        )

    def telefone(self, cliente: Cliente, descricao: str = "", **campos) -> None:
        """O próximo telefone do bloco 9 0000, que ninguém usa."""
        self._telefones += 1
        self.contato(
            cliente, TipoDeContato.TELEFONE, ficticios.telefone(DDD, self._telefones), descricao, **campos
        )

    def contato(self, cliente: Cliente, tipo: str, valor: str, descricao: str = "", **campos) -> None:
        """Um contato; dois em três estão confirmados."""
        if self.rng.random() < 0.66:
            campos.setdefault("confirmado_em", self.instante(self.rng.randrange(5, 400)))
        self._esperar(Contato(cliente=cliente, tipo=tipo, valor=valor, descricao=descricao, **campos))

    def endereco(self, cliente: Cliente, cidade: str, **campos) -> Endereco:
        """Um endereço inventado na cidade."""
        padrao = {
            "logradouro": self.rng.choice(nomes.RUAS),
            "numero": str(self.rng.randrange(10, 2000)),
            "bairro": self.rng.choice(nomes.BAIRROS),
        }
        return self._esperar(
            Endereco(
                cliente=cliente,
                cep=f"000000{self.rng.randrange(100):02d}",
                cidade=cidade,
                uf=nomes.UF,
                **padrao | campos,
            )
        )

    def alerta(self, cliente: Cliente, texto: str, gravidade: str, ate_em_dias: int | None = None) -> None:
        """Um aviso no painel do cliente."""
        self._esperar(
            Alerta(
                cliente=cliente,
                texto=texto,
                gravidade=gravidade,
                valido_ate=None if ate_em_dias is None else self.instante(-ate_em_dias),
            )
        )

    # Contrato

    def contrato(
        self,
        cliente: Cliente,
        plano: str = "FIB-400",
        *,
        ha: int = 400,
        avulsos: Sequence[str] = (),
        outras_etiquetas: Sequence[str] = (),
        empresa: str | None = None,
        **campos,
    ) -> Contrato:
        """Um contrato de `ha` dias com etiquetas, seus serviços e os eventos de seu começo.

        A primeira etiqueta leva o plano e os avulsos; cada plano de `outras_etiquetas`, mais uma.

        Sem conexão: `conectar` a cria. `empresa`, por nome; sem ela, a da cidade do cliente.
        """
        self._contratos += 1
        codigos = [plano, *avulsos]
        endereco = campos.setdefault("endereco", self.endereco_de(cliente))
        padrao = self._padrao_do_contrato(self.planos[plano], ha)
        situacao = campos.get("situacao", SituacaoDoContrato.NORMAL)
        if situacao in SEM_FATURA:
            padrao["tipo_de_faturamento"] = TipoDeFaturamento.NAO_PREVE
        contrato = self._esperar(
            Contrato(
                numero=str(100_000 + self._contratos),
                cliente=cliente,
                empresa=self.empresas[empresa] if empresa else self._empresa_de(endereco),
                valor=sum(
                    (self.planos[codigo].valor for codigo in (*codigos, *outras_etiquetas)), Decimal(0)
                ),
                tipo_de_contrato="Residencial" if cliente.tipo == TipoDePessoa.FISICA else "Empresarial",
                demo=True,
                **padrao | campos,
            )
        )
        self._etiqueta(contrato, codigos)
        for codigo in outras_etiquetas:
            self._etiqueta(contrato, [codigo])
        self.evento(contrato, "contrato-criado", ha + 3, f"Contrato {contrato.numero} criado")
        self.evento(contrato, "assinatura-eletronica", ha + 2, "Contrato assinado pelo titular")
        self.evento(contrato, "ativado", ha, "Serviço instalado e ativado")
        return contrato

    def _padrao_do_contrato(self, plano: Plano, ha: int) -> dict:
        fidelidade = plano.fidelidade_meses
        return {
            "vigencia_inicio": self.dia(ha),
            "ativado_em": self.dia(ha),
            "dia_vencimento": self.rng.choice(DIAS_DE_VENCIMENTO),
            "dia_corte": self.rng.choice((1, 20, 28)),
            "tipo_de_cobranca": self.rng.choice(TipoDeCobranca.values[:6]),
            "fidelidade_meses": fidelidade,
            "fidelidade_inicio": self.dia(ha) if fidelidade else None,
            "fidelidade_beneficio": Decimal("150.00") if fidelidade else Decimal(0),
            "vendedor": self.rng.choice(("Dirceu Umbuzeiro", "Celeste Pitanga", "Loja Centro", "Site")),
        }

    def endereco_de(self, cliente: Cliente) -> Endereco:
        """O endereço principal do cliente."""
        return next(
            endereco
            for endereco in reversed(self._em_espera[Endereco])
            if endereco.principal and endereco.cliente is cliente
        )

    def _empresa_de(self, endereco: Endereco) -> Empresa:
        nomes_das_empresas = list(self.empresas)
        return self.empresas[nomes_das_empresas[nomes.CIDADES.index(endereco.cidade)]]

    def etiquetas(self, contrato: Contrato) -> list[Etiqueta]:
        """As do contrato, na ordem em que nasceram."""
        return self._etiquetas[contrato.numero]

    def etiqueta(self, contrato: Contrato) -> Etiqueta:
        """A única do contrato."""
        [etiqueta] = self.etiquetas(contrato)
        return etiqueta

    def _etiqueta(self, contrato: Contrato, codigos: Sequence[str]) -> None:
        irmas = self._etiquetas.setdefault(contrato.numero, [])
        ordem = len(irmas) + 1
        ativa = contrato.situacao in SITUACOES_ATIVAS
        etiqueta = self._esperar(
            Etiqueta(
                contrato=contrato,
                empresa=contrato.empresa,
                codigo=f"ET-{contrato.numero}" + (f"-{ordem}" if ordem > 1 else ""),
                descricao=self.planos[codigos[0]].nome,
                endereco=contrato.endereco,
                ativa=ativa,
            )
        )
        irmas.append(etiqueta)
        for codigo in codigos:
            plano = self.planos[codigo]
            servico = self._esperar(
                ServicoContratado(
                    contrato=contrato,
                    etiqueta=etiqueta,
                    plano=plano,
                    codigo=codigo,
                    descricao=plano.nome,
                    valor=plano.valor,
                    inicio=contrato.vigencia_inicio,
                    fim=None if ativa else contrato.vigencia_fim,
                )
            )
            self._principais.setdefault(etiqueta.codigo, servico)

    # Conexão

    def conectar(self, etiqueta: Etiqueta, **campos) -> Conexao:
        """Uma conexão da etiqueta; sem dizer a rede, uma porta livre de CTO da cidade do endereço."""
        self._conexoes += 1
        sigla, _, concentrador = REDE_DA_CIDADE[etiqueta.endereco.cidade]
        contrato = etiqueta.contrato
        if "splitter" not in campos and "olt" not in campos and not campos.get("ponto_de_acesso"):
            campos["splitter"], campos["porta_splitter"] = self.rede.splitter_com_porta(sigla)
        elif campos.get("splitter"):
            campos.setdefault("porta_splitter", self.rede.porta_livre(campos["splitter"]))
        olt_ = campos.get("olt") or (campos["splitter"].olt if campos.get("splitter") else None)
        padrao = {
            "login": self._login(contrato.cliente),
            "senha": cifrar(self._senha()),
            "usuario_equipamento": "admin",
            "senha_equipamento": cifrar(self._senha()),
            "mac": self._mac(),
            "servico": self._principais[etiqueta.codigo],
            "concentrador": self.rede.concentradores[concentrador],
            "olt": olt_,
            "ponto_de_acesso": olt_.ponto_de_acesso if olt_ else None,
            "tipo_equipamento": olt_.fabricante if olt_ else "ubiquiti",
            "serial": self._serial(olt_.fabricante) if olt_ else "",
            "endereco": etiqueta.endereco,
            "ativa": etiqueta.ativa,
            "status": StatusDaConexao.BLOQUEADO
            if contrato.situacao in BLOQUEADAS
            else StatusDaConexao.NORMAL,
            "cgnat": campos.get("tipo_ip") != TipoDeIp.FIXO,
        }
        return self._esperar(Conexao(etiqueta=etiqueta, **padrao | campos))

    def _login(self, cliente: Cliente) -> str:
        palavras = nomes.em_palavras_ascii(cliente.nome_fantasia or cliente.nome)
        apelido = f"{palavras[0]}.{palavras[-1]}"
        login, vez = f"{apelido}@ipe", 1
        while login in self._logins:
            vez += 1
            login = f"{apelido}{vez}@ipe"
        self._logins.add(login)
        return login

    def _mac(self) -> str:
        """A faixa de documentação tem 256: os dos cenários são só deles, os demais se repetem."""
        ordem = self._conexoes - 1
        if ordem >= MACS_DOS_CENARIOS:
            ordem = MACS_DOS_CENARIOS + (ordem - MACS_DOS_CENARIOS) % (256 - MACS_DOS_CENARIOS)
        return f"00005E0053{ordem:02X}"

    def _senha(self) -> str:
        return "".join(self.rng.choices(LETRAS_DE_SENHA, k=12))

    def _serial(self, fabricante: str) -> str:
        return f"{ficticios.FABRICANTES[fabricante]}D{self._conexoes * 2_654_435 % 0xFFFFFFF:07X}"

    def ip_fixo(self) -> str:
        """O próximo IPv4 das faixas de documentação; esgotadas, um IPv6."""
        self._ips += 1
        if self._ips < 255:
            return f"203.0.113.{self._ips}"
        if self._ips < 509:
            return f"198.51.100.{self._ips - 254}"
        return f"2001:db8:1::{self._ips:x}"

    def equipamento(self, conexao: Conexao, tipo: str, modelo: str) -> Equipamento:
        """O comodato que acompanha a conexão; devolvido se o contrato acabou."""
        contrato = conexao.etiqueta.contrato
        return self._esperar(
            Equipamento(
                etiqueta=conexao.etiqueta,
                patrimonio=f"PAT-{self._conexoes:05d}",
                tipo=tipo,
                modelo=modelo,
                serial=conexao.serial,
                mac=conexao.mac,
                entregue_em=contrato.vigencia_inicio,
                devolvido_em=None if conexao.ativa else contrato.vigencia_fim,
            )
        )

    # Histórico e cobrança

    def evento(self, contrato: Contrato, tipo: str, ha: int, descricao: str) -> None:
        """Um fato de `ha` dias atrás, assinado por alguém da equipe."""
        self._esperar(
            EventoDeContrato(
                contrato=contrato,
                tipo=self.tipos[tipo],
                descricao=descricao,
                ocorrido_em=self.instante(ha),
                usuario=self.rng.choice(self.autores) if self.autores else None,
            )
        )

    def vencimento(self, dia: int, meses_atras: int = 0) -> date:
        """O dia de vencimento no mês de hoje ou em um anterior."""
        mes = self.hoje.year * 12 + self.hoje.month - 1 - meses_atras
        return date(mes // 12, mes % 12 + 1, dia)

    def vencimento_ha(self, dias: int) -> date:
        """O vencimento mais recente que tem ao menos tantos dias."""
        return next(
            self.dia(atras) for atras in range(dias, dias + 15) if self.dia(atras).day in DIAS_DE_VENCIMENTO
        )

    def fatura(self, contrato: Contrato, vencimento: date, *, paga: bool, **campos) -> Fatura:
        """Uma fatura do mês de seu vencimento."""
        self._faturas += 1
        if paga:
            pagamento = vencimento + timedelta(self.rng.randrange(-4, 2))
            campos |= {
                "situacao": SituacaoDaFatura.PAGA,
                "pago_em": min(pagamento, self.hoje),
                "valor_pago": contrato.valor,
            }
        else:
            valor = campos.get("valor", contrato.valor)
            linha = ficticios.linha_digitavel(self._faturas, vencimento, valor)
            campos.setdefault("linha_digitavel", linha)
        return self._esperar(
            Fatura(
                contrato=contrato,
                numero=f"{vencimento:%Y%m}-{self._faturas:05d}",
                competencia=vencimento.replace(day=1),
                vencimento=vencimento,
                **{"valor": contrato.valor} | campos,
            )
        )

    def faturas_em_dia(self, contrato: Contrato, quantas: int = 4, desde: int = 0) -> None:
        """Uma por mês, de `desde` meses atrás para trás: paga a que venceu, aberta a que vai vencer.

        Quem ainda é cliente tem sempre uma por vencer: passado o dia deste mês, a do mês que vem.
        """
        if desde == 0 and self.vencimento(contrato.dia_vencimento, 0) < self.hoje:
            desde, quantas = -1, quantas + 1
        for meses in reversed(range(desde, desde + quantas)):
            vencimento = self.vencimento(contrato.dia_vencimento, meses)
            if vencimento > contrato.vigencia_inicio:
                self.fatura(contrato, vencimento, paga=vencimento < self.hoje)

    def notificar(self, fatura: Fatura, ha: int, *, entregue: bool = True) -> NotificacaoDeDebito:
        """A notificação de débito de `ha` dias atrás, com o texto que a norma pede, e seu evento."""
        enviada = self.instante(ha, hora=9)
        self.evento(
            fatura.contrato, "notificacao-de-debito", ha, f"Fatura {fatura.numero} notificada por e-mail"
        )
        return self._esperar(
            NotificacaoDeDebito(
                fatura=fatura,
                canal=CanalDeNotificacao.EMAIL,
                enviada_em=enviada,
                entregue_em=enviada + timedelta(minutes=4) if entregue else None,
                conteudo=NOTIFICACAO.format(
                    numero=fatura.numero,
                    valor=str(fatura.valor).replace(".", ","),
                    vencimento=f"{fatura.vencimento:%d/%m/%Y}",
                    suspensao=f"{self.dia(ha - 15):%d/%m/%Y}",
                ),
            )
        )

    def dever(self, contrato: Contrato, vencida: date) -> Fatura:
        """Deixa em aberto as faturas desde `vencida` e pagas as três anteriores. Devolve a mais velha."""
        primeira = None
        mais_velha = (self.hoje.year - vencida.year) * 12 + self.hoje.month - vencida.month
        for meses in reversed(range(mais_velha + 4)):
            vencimento = self.vencimento(contrato.dia_vencimento, meses)
            if contrato.vigencia_inicio < vencimento < self.hoje:
                fatura = self.fatura(contrato, vencimento, paga=vencimento < vencida)
                if vencimento == vencida:
                    primeira = fatura
        if primeira is None:
            raise ValueError(f"O contrato {contrato.numero} não tinha começado em {vencida:%d/%m/%Y}.")
        return primeira

    def desbloquear(self, contrato: Contrato, ha: int, dias: int) -> None:
        """Um desbloqueio em confiança de `ha` dias atrás, que acabou e voltou a bloquear."""
        vale_ate = self.instante(ha - dias, hora=17)
        self._esperar(
            DesbloqueioTemporario(
                contrato=contrato,
                origem=OrigemDoDesbloqueio.CONFIANCA,
                dias=dias,
                criado_em=self.instante(ha, hora=9),
                vale_ate=vale_ate,
                encerrado_em=vale_ate,
                desfecho=DesfechoDoDesbloqueio.REBLOQUEADO,
            )
        )

    def contestar(self, fatura: Fatura, valor: Decimal, ha: int, descricao: str) -> None:
        """A contestação de parte da fatura, ainda sem resposta."""
        fatura.contestada = True
        self.evento(fatura.contrato, "contestacao", ha, f"Fatura {fatura.numero} contestada: {descricao}")
        self._esperar(
            Contestacao(
                fatura=fatura,
                valor=valor,
                motivo=MotivoDaContestacao.VALOR,
                descricao=descricao,
                responder_ate=self.dia(ha - 7),
                criado_em=self.instante(ha),
            )
        )

    def bloquear_por_debito(self, contrato: Contrato, vencida: date, *, notificada_ha: int, ha: int) -> None:
        """A história de um bloqueio: faturas em aberto, notificação entregue, bloqueio há `ha` dias."""
        contrato.situacao_desde = self.instante(ha)
        self.notificar(self.dever(contrato, vencida), notificada_ha)
        self.evento(
            contrato, "bloqueio-financeiro", ha, "situação: Normal → Bloqueio Financeiro · débito notificado"
        )
