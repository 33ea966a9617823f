"""O que se entrega de uma fatura: o PDF da segunda via e o QR do Pix."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from atendimento.acesso import exige
from atendimento.excecoes import SemPermissao
from atendimento.views.erros import impedido
from contratos import pix
from contratos.dominio import pagamento
from contratos.dominio.recusas import NaoPode
from contratos.models import Contrato, Fatura
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.ATENDER)
def boleto(request, pk: int):
    """O PDF, para quem tem a ação da segunda via."""
    # O que faz PDF traz consigo as fontes: só o processo que faz um carrega.
    from atendimento.boleto_pdf import desenhar

    fatura = _fatura(request, pk, "segunda_via")
    hoje = timezone.localdate()
    try:
        linha = pagamento.linha_conferida(fatura)
    except NaoPode as recusa:
        return impedido(request, recusa)
    empresa = fatura.contrato.empresa
    copia = "" if pagamento.sem_pix(empresa) else pagamento.copia_e_cola(fatura, empresa, hoje)
    pdf = desenhar(pagamento.cobranca_de(fatura, hoje), linha, copia, hoje)
    nome = f'inline; filename="fatura-{pix.identificador(fatura.numero)}.pdf"'
    return HttpResponse(
        pdf, "application/pdf", headers={"Content-Disposition": nome, "Cache-Control": "private, no-store"}
    )


@require_safe
@exige(Capacidade.ATENDER)
def pix_svg(request, pk: int):
    """O QR do Pix, para quem tem a ação."""
    fatura = _fatura(request, pk, "pix")
    try:
        copia = pagamento.copia_e_cola(fatura, fatura.contrato.empresa, timezone.localdate())
    except NaoPode as recusa:
        return impedido(request, recusa)
    return HttpResponse(pix.qr_svg(copia), "image/svg+xml", headers={"Cache-Control": "private, no-store"})


def _fatura(request, pk: int, acao: str) -> Fatura:
    """A fatura em aberto no escopo de quem tem a ação. Levanta `Http404` e `SemPermissao`."""
    visiveis = Contrato.objects.visiveis_para(request.user)
    fatura = (
        Fatura.objects.abertas()
        .filter(pk=pk, contrato__in=visiveis.order_by().values("pk"))
        .select_related("contrato__cliente", "contrato__empresa")
        .first()
    )
    if fatura is None:
        raise Http404
    if not request.user.permissoes.acao(acao):
        raise SemPermissao("Seu perfil não permite esta ação.")
    return fatura
