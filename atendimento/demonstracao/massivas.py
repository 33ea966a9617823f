"""A massiva do cenário 10, uma sugestão à espera de decisão, e os artigos e roteiros."""

from datetime import timedelta

from django.utils import timezone

from atendimento.demonstracao.rede import CTO_DA_MASSIVA
from atendimento.dominio import massivas
from atendimento.models import Artigo, Massiva, TipoDeSolicitacao
from atendimento.models.artigo import Uso
from atendimento.models.massiva import Escopo
from contratos.models import Splitter
from perfis.models import Usuario

CTO_SUGERIDA = "CTO-AUR-003"
TITULO = "Rompimento de fibra na CTO do Centro"
DIZER = (
    "Identificamos um rompimento de fibra na sua rua e a equipe já está no local. Não é preciso ligar de "
    "novo nem reiniciar o equipamento: a conexão volta sozinha."
)
# Título, tipo de solicitação (vazio: vale sempre) e texto.
ARTIGOS = [
    (
        "Sem conexão: o que ver antes da visita",
        "Sem conexão",
        "1. Há massiva na faixa do alto? Vincule, diga a previsão e encerre a conversa.\n"
        "2. O contrato está bloqueado? Trate do desbloqueio: não há o que consertar na rede.\n"
        "3. A luz LOS da ONU está vermelha? É fibra: rode o Diagnóstico e agende visita.\n"
        "4. Luzes boas e sem sessão: peça para desligar a ONU por 30 segundos e leia a sessão de novo.",
    ),
    (
        "Lentidão: separar o Wi-Fi da conexão",
        "Lentidão",
        "Peça o teste no cabo, com um só aparelho ligado. No cabo está bom? É Wi-Fi: canal, lugar do "
        "roteador, 5 GHz.\nNo cabo também está lento? Veja o sinal óptico e o consumo do dia.",
    ),
    (
        "Quedas: três em trinta dias pede outra atitude",
        "Quedas/oscilação",
        "Na terceira vez não repita o teste: abra para o N2 com o histórico, e ofereça visita com data.",
    ),
    (
        "Segunda via e Pix: o que nunca se pede ao cliente",
        "2ª via",
        "Nunca peça senha, código por SMS nem dado de cartão. O Pix sai do próprio console, com validade.",
    ),
    (
        "Como falar de prazos",
        "",
        "Diga o prazo que a barra mostra, e o protocolo. O prazo regulatório não para em pausa nenhuma.",
    ),
]
ROTEIROS = [
    (
        "Abertura",
        "",
        "{saudacao}, aqui é {atendente}, da {provedor}. Falo com {cliente}?\n\n"
        "Para sua segurança, confirmo dois dados do cadastro.\n\n"
        "Seu protocolo é {protocolo}. Como posso ajudar?",
    ),
    (
        "Sem conexão",
        "Sem conexão",
        "{cliente}, vou verificar a sua conexão daqui.\n\n"
        "Pode me dizer que luzes do aparelho estão acesas, e se alguma está vermelha?\n\n"
        "Anotei tudo no protocolo {protocolo}.",
    ),
    (
        "Fechamento",
        "",
        "{cliente}, ficou alguma dúvida? O protocolo é {protocolo}, de {data}. A {provedor} agradece.",
    ),
]


def criar_massivas() -> None:
    """Uma vez só: uma aberta na CTO do cenário 10 e uma sugerida noutra."""
    if Massiva.objects.exists():
        return
    agora = timezone.now()
    aberta = massivas.abrir(
        por=Usuario.objects.get(username="supervisor"),
        titulo=TITULO,
        escopo=Escopo.SPLITTER,
        alvo={"splitter": Splitter.objects.get(nome=CTO_DA_MASSIVA)},
        inicio=agora - timedelta(minutes=37),
        texto=DIZER,
        previsao=agora + timedelta(hours=3),
    )
    sugerida = massivas.sugerir(
        escopo=Escopo.SPLITTER,
        alvo={"splitter": Splitter.objects.get(nome=CTO_SUGERIDA)},
        inicio=agora - timedelta(minutes=12),
        evidencia={"afetadas": 7, "conhecidas": 8},
        titulo=f"7 conexões caíram juntas: CTO ou splitter {CTO_SUGERIDA}",
    )
    Massiva.objects.filter(pk__in=[aberta.pk, sugerida.pk]).update(demo=True)


def criar_artigos() -> None:
    """Uma vez só: se já há algum, quem manda é o administrador."""
    if Artigo.objects.exists():
        return
    tipos = {tipo.nome: tipo for tipo in TipoDeSolicitacao.objects.all()}
    for uso, textos in ((Uso.ARTIGO, ARTIGOS), (Uso.ROTEIRO, ROTEIROS)):
        for ordem, (titulo, tipo, texto) in enumerate(textos):
            Artigo.objects.create(titulo=titulo, uso=uso, tipo=tipos.get(tipo), texto=texto, ordem=10 * ordem)
