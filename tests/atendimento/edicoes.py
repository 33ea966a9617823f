"""Edições sorteadas do cadastro: tudo o que muda o que a busca deve achar."""

from collections.abc import Callable
from datetime import date
from itertools import count
from random import Random

from django.db import transaction

from clientes.models import Cliente, Contato, Endereco
from contratos.models import Conexao, Contrato, Equipamento, Etiqueta
from tests import fabricas

NOMES = ["Jacira", "José", "João", "Conceição", "Antônia", "Íris", "Ana", "Mariana", "Otávio", "Ñandú"]
SOBRENOMES = [
    "Alecrim", "Araújo", "d'Ávila", "Manacá", "Ipê", "Sá", "Jatobá-Açu", "Anacleto", "Cem%Por_Cento",
    "Brandão", "dos Santos", "Sant'Ana",
]  # fmt: skip
RUAS = ["Rua das Araucárias Azuis", "Travessa Jacarandá", "Avenida São João", "Beco do Manacá"]
TERMOS = ["net", "fibra", "jacira", "ana", "ipe"]

# Um número por valor: dois escritores nunca pedem o mesmo documento, login ou serial.
_numero = count(1)


class Editor:
    """Edita clientes ao acaso, com semente; guarda em `tocados` os que mudou, e em `ultimo` o último."""

    def __init__(self, semente: int, empresas: list, clientes: list[int], so_os_seus: bool = False):
        self.rng = Random(semente)
        self.empresas = empresas
        self.clientes = list(clientes)
        self.tocados: set[int] = set()
        self.ultimo = 0
        self._seus: list[int] = [] if so_os_seus else self.clientes
        self._edicoes: list[Callable[[], None]] = [
            self.inserir, self.renomear, self.dar_nome_social, self.trocar_documento, self.trocar_telefone,
            self.trocar_email, self.juntar_contato, self.mudar_endereco, self.contratar,
            self.retirar_contrato, self.mudar_de_empresa, self.mudar_de_titular, self.trocar_login,
            self.passar_login, self.trocar_mac, self.passar_serial, self.passar_ip, self.renomear_etiqueta,
            self.trocar_equipamento, self.apagar,
        ]  # fmt: skip

    def editar(self) -> None:
        """Uma edição qualquer."""
        self.rng.choice(self._edicoes)()

    def inserir(self) -> None:
        cliente = Cliente.objects.create(nome=self._nome(), documento=self._documento())
        self.clientes.append(cliente.pk)
        if self._seus is not self.clientes:
            self._seus.append(cliente.pk)
        self.tocados.add(cliente.pk)
        self.ultimo = cliente.pk
        Contato.objects.create(cliente=cliente, tipo="telefone", valor=self._telefone())
        Contato.objects.create(cliente=cliente, tipo="email", valor=self._email())
        Endereco.objects.create(cliente=cliente, **self._endereco())
        for _ in range(self.rng.choice([0, 1, 1, 1, 2])):
            self._contratar(cliente.pk)

    def renomear(self) -> None:
        self._do_cliente().update(nome=self._nome())

    def dar_nome_social(self) -> None:
        campo = self.rng.choice(["nome_social", "nome_fantasia"])
        self._do_cliente().update(**{campo: self.rng.choice(["", self._nome()])})

    def trocar_documento(self) -> None:
        self._do_cliente().update(documento=self.rng.choice([None, self._documento(), self._documento()]))

    def trocar_telefone(self) -> None:
        self._uma(Contato, "cliente", tipo="telefone").update(valor=self._telefone())

    def trocar_email(self) -> None:
        self._uma(Contato, "cliente", tipo="email").update(valor=self._email())

    def juntar_contato(self) -> None:
        Contato.objects.create(cliente_id=self._sortear(), tipo="telefone", valor=self._telefone())

    def mudar_endereco(self) -> None:
        self._uma(Endereco, "cliente").update(**self._endereco())

    def contratar(self) -> None:
        self._contratar(self._sortear())

    def retirar_contrato(self) -> None:
        if not self._seus:
            return
        contratos = Contrato.objects.filter(cliente=self._sortear(self._seus), etiquetas__solicitacoes=None)
        with transaction.atomic():
            contrato = contratos.order_by("id").first()
            if contrato:
                Conexao.objects.filter(etiqueta__contrato=contrato).delete()
                Equipamento.objects.filter(etiqueta__contrato=contrato).delete()
                contrato.etiquetas.all().delete()
                contrato.delete()

    def mudar_de_empresa(self) -> None:
        self._uma(Contrato, "cliente").update(empresa=self.rng.choice(self.empresas))

    def mudar_de_titular(self) -> None:
        self._uma(Contrato, "cliente").update(cliente=self._sortear(self._seus or None))

    def trocar_login(self) -> None:
        self._uma(Conexao, "etiqueta__contrato__cliente").update(login=self._login())

    def passar_login(self) -> None:
        """Uma conexão ganha um login novo, e o seu passa a outra."""
        with transaction.atomic():
            duas = self._duas()
            if duas:
                velho = duas[0].login
                Conexao.objects.filter(pk=duas[0].pk).update(login=self._login())
                Conexao.objects.filter(pk=duas[1].pk).update(login=velho)

    def trocar_mac(self) -> None:
        self._uma(Conexao, "etiqueta__contrato__cliente").update(mac=self._mac())

    def passar_serial(self) -> None:
        """O equipamento de uma conexão desativada vai para outra; as duas dizem o mesmo serial."""
        with transaction.atomic():
            duas = self._duas()
            if duas and duas[0].ativa:
                Conexao.objects.filter(pk=duas[0].pk).update(ativa=False)
                Conexao.objects.filter(pk=duas[1].pk).update(serial=duas[0].serial)

    def passar_ip(self) -> None:
        """O IP fixo de uma conexão desativada vai para outra; só a ativa se acha por ele."""
        with transaction.atomic():
            duas = self._duas()
            if duas and duas[0].ativa:
                Conexao.objects.filter(pk=duas[0].pk).update(ativa=False)
                Conexao.objects.filter(pk=duas[1].pk).update(tipo_ip="fixo", ip=duas[0].ip or self._ip())

    def renomear_etiqueta(self) -> None:
        self._uma(Etiqueta, "contrato__cliente").update(codigo=f"ET-{next(_numero)}")

    def trocar_equipamento(self) -> None:
        self._uma(Equipamento, "etiqueta__contrato__cliente").update(serial=self._serial())

    def apagar(self) -> None:
        if not self._seus:
            return
        pk = self._sortear(self._seus)
        if not Contrato.objects.filter(cliente=pk).exists() and self.rng.random() < 0.3:
            Cliente.objects.filter(pk=pk).delete()
            self.clientes.remove(pk)
            if self._seus is not self.clientes:
                self._seus.remove(pk)

    def _contratar(self, cliente: int) -> None:
        numero = next(_numero)
        with transaction.atomic():
            contrato = Contrato.objects.create(
                cliente_id=cliente, empresa=self.rng.choice(self.empresas), numero=f"CT-{numero}",
                vigencia_inicio=date(2026, 1, 5), valor=99, dia_vencimento=10,
            )  # fmt: skip
            etiqueta = fabricas.criar_etiqueta(contrato, codigo=f"ET-{numero}")
            fixo = {"tipo_ip": "fixo", "ip": self._ip()} if self.rng.random() < 0.6 else {}
            Conexao.objects.create(
                etiqueta=etiqueta, login=self._login(), mac=self._mac(), serial=self._serial(), **fixo
            )
            fabricas.criar_equipamento(etiqueta, serial=self._serial(), patrimonio="")

    def _sortear(self, entre: list[int] | None = None) -> int:
        self.ultimo = pk = self.rng.choice(entre or self.clientes)
        self.tocados.add(pk)
        return pk

    def _do_cliente(self):
        return Cliente.objects.filter(pk=self._sortear())

    def _uma(self, modelo, caminho: str, **filtro):
        """A primeira linha deste modelo de um cliente sorteado, se ele tem uma, ainda por mudar."""
        uma = modelo.objects.filter(**{caminho: self._sortear()}, **filtro).order_by("id").first()
        return modelo.objects.filter(pk=uma.pk if uma else None)

    def _duas(self) -> list[Conexao]:
        """Duas conexões trancadas na ordem da chave, como todos trancam."""
        ids = [self._sortear() for _ in range(4)]
        conexoes = Conexao.objects.select_for_update(of=("self",), no_key=True).order_by("id")
        achadas = list(conexoes.filter(etiqueta__contrato__cliente__in=ids)[:2])
        return achadas if len(achadas) == 2 else []

    def _nome(self) -> str:
        return " ".join([self.rng.choice(NOMES), *self.rng.sample(SOBRENOMES, self.rng.choice([1, 2, 2, 3]))])

    def _endereco(self) -> dict:
        return {
            "cep": "00000012", "logradouro": self.rng.choice(RUAS), "numero": str(self.rng.randrange(1, 400)),
            "bairro": self.rng.choice(["Horizonte", "Jardim Ipê"]), "cidade": "Vale do Ipê", "uf": "RS",
        }  # fmt: skip

    def _login(self) -> str:
        return f"{self.rng.choice(TERMOS)}{next(_numero)}@ipe"

    def _email(self) -> str:
        return f"{self.rng.choice(TERMOS)}{next(_numero)}@exemplo.net"

    @staticmethod
    def _documento() -> str:
        return fabricas.cpf()

    @staticmethod
    def _telefone() -> str:
        return f"+55549{(next(_numero) * 7919) % 10**8:08d}"

    @staticmethod
    def _serial() -> str:
        return f"HWTC{next(_numero) * 7919:08X}"

    @staticmethod
    def _ip() -> str:
        numero = next(_numero)
        return f"2001:db8::{numero:x}" if numero % 4 == 3 else f"10.7.{numero >> 8}.{numero & 255}"

    def _mac(self) -> str:
        # Poucos: o mesmo MAC em duas conexões é coisa que acontece.
        return f"00005E{self.rng.randrange(1 << 9):06X}"
