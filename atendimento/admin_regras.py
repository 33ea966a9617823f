"""O que toda página do admin cumpre: escopo, filtros fechados, listas de um milhão de linhas, recusas."""

import re
from functools import cached_property

import pghistory
from django.contrib import messages
from django.contrib.admin import ShowFacets
from django.contrib.admin.exceptions import DisallowedModelAdminLookup
from django.contrib.admin.views.main import ORDER_VAR, SEARCH_VAR
from django.core.exceptions import NON_FIELD_ERRORS, SuspiciousOperation, ValidationError
from django.core.paginator import Paginator
from django.db import IntegrityError, connection
from django.db.models import DecimalField
from django.http import Http404, HttpResponseRedirect

from atendimento.dominio.acessos import registrar_painel
from atendimento.integridade import frase_da_recusa
from clientes.documentos import cnpj_valido, cpf_valido, normalizar

# Um login como `maria@provedor` não é um e-mail, e é por ele que se acha a conexão.
E_MAIL = re.compile(r"@\S*\.\S")
SUFIXOS_DE_FILTRO = ("", "__exact", "__isnull", "__id__exact", "__gte", "__lt")


class PaginadorLimitado(Paginator):
    """Não conta além de mil: acima disso, a lista pede um filtro em vez de varrer a tabela."""

    LIMITE = 1000

    @cached_property
    def count(self):
        """O total, ou `LIMITE + 1` quando passa."""
        return self.object_list.order_by()[: self.LIMITE + 1].count()

    @property
    def contagem(self) -> str:
        """O total como se lê."""
        if self.count > self.LIMITE:
            return "mais de 1.000"
        return str(self.count)


class CamposDaCasa:
    """Uma chave estrangeira só aponta para o que o usuário vê; um valor se escreve com vírgula."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """O campo; `99,90` e `99.90` são o mesmo valor."""
        if isinstance(db_field, DecimalField):
            kwargs["localize"] = True
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """O campo, com as opções no escopo."""
        kwargs.setdefault("queryset", self._ao_alcance(db_field.remote_field.model, request))
        kwargs.setdefault("empty_label", "Nenhum" if db_field.blank else "Escolha…")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def _ao_alcance(self, modelo, request):
        queryset = modelo._default_manager.all()
        if hasattr(queryset, "visiveis_para"):
            return queryset.visiveis_para(request.user)
        if self.admin_site.is_registered(modelo):
            return self.admin_site.get_model_admin(modelo).get_queryset(request)
        return queryset


class RegrasDaCasa(CamposDaCasa):
    """Posta à frente de toda página registrada; a página declara, isto faz cumprir.

    A página pode ter `operacoes` (quais de ver, incluir, alterar e excluir existem; padrão: todas),
    `secao` e `posicao` no índice, `no_escopo(queryset, usuario)` quando o modelo não tem
    `visiveis_para`, e `cliente_de(objeto)` quando mostra dado pessoal. Nada se ordena por clique e
    nenhum filtro além de `list_filter` é aceito.
    """

    paginator = PaginadorLimitado
    list_per_page = 50
    list_max_show_all = 0
    show_full_result_count = False
    show_facets = ShowFacets.NEVER
    sortable_by = ()
    save_as = False

    def get_queryset(self, request):
        """Só o que o usuário vê no console: o admin não é uma segunda porta."""
        queryset = super().get_queryset(request)
        if hasattr(self, "no_escopo"):
            return self.no_escopo(queryset, request.user)
        if hasattr(queryset, "visiveis_para"):
            return queryset.visiveis_para(request.user)
        return queryset

    def get_inlines(self, request, obj):
        """As partes da página, com os mesmos campos da casa."""
        return [
            type(parte.__name__, (CamposDaCasa, parte), {}) for parte in super().get_inlines(request, obj)
        ]

    def get_search_results(self, request, queryset, search_term):
        """A busca da lista e dos campos de escolha."""
        if parece_dado_pessoal(search_term):
            return queryset.none(), False
        return super().get_search_results(request, queryset, search_term)

    def has_add_permission(self, request, *args):
        """Permissão do perfil, se a operação existe."""
        return self._existe("add") and super().has_add_permission(request, *args)

    def has_change_permission(self, request, obj=None):
        """Permissão do perfil, se a operação existe."""
        return self._existe("change") and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Permissão do perfil, se a operação existe."""
        return self._existe("delete") and super().has_delete_permission(request, obj)

    def _existe(self, operacao: str) -> bool:
        return operacao in getattr(self, "operacoes", (operacao,))

    def lookup_allowed(self, lookup, value, request):
        """Só os filtros da lista: outro nome é 400, não uma consulta a uma coluna qualquer."""
        campos = [item if isinstance(item, str) else item[0] for item in self.get_list_filter(request)]
        return lookup in {
            f"{c}{sufixo}" for c in campos if isinstance(c, str) for sufixo in SUFIXOS_DE_FILTRO
        }

    def changelist_view(self, request, extra_context=None):
        """A lista. Documento, telefone ou e-mail digitado na busca sai do endereço sem ser procurado."""
        if ORDER_VAR in request.GET:
            raise DisallowedModelAdminLookup("Ordenação desconhecida.")
        if parece_dado_pessoal(request.GET.get(SEARCH_VAR, "")):
            self.message_user(
                request,
                "Aqui se busca por nome, número ou código. Documento, telefone e e-mail, só no console.",
                messages.WARNING,
            )
            parametros = request.GET.copy()
            del parametros[SEARCH_VAR]
            return HttpResponseRedirect(f"{request.path}?{parametros.urlencode()}")
        return super().changelist_view(request, extra_context)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """O formulário. O que só o banco recusa volta como erro no formulário, com o texto digitado."""
        with pghistory.context(usuario=request.user.pk):
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError as erro:
                request.recusa_do_banco = frase_da_recusa(erro)
                return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """A página do objeto; quando ela mostra dado pessoal, fica anotado quem a abriu."""
        if obj is not None and hasattr(self, "cliente_de"):
            registrar_painel(
                por=request.user, cliente_id=self.cliente_de(obj), ip=request.META.get("REMOTE_ADDR")
            )
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_related(self, request, form, formsets, change):
        """Grava as partes e cobra já o que o banco só conferiria no COMMIT, quando é tarde para a página."""
        super().save_related(request, form, formsets, change)
        connection.check_constraints()

    def get_form(self, request, obj=None, change=False, **kwargs):
        """O formulário da página, com as regras de `FormularioDaCasa`."""
        form = super().get_form(request, obj, change=change, **kwargs)
        recusa = getattr(request, "recusa_do_banco", "")
        return type(form.__name__, (FormularioDaCasa, form), {"recusa": recusa})

    def delete_view(self, request, object_id, extra_context=None):
        """A exclusão. O que o banco não deixa apagar volta à lista com o motivo."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except IntegrityError as erro:
            self.message_user(request, frase_da_recusa(erro), messages.ERROR)
            return HttpResponseRedirect(request.path)

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        # Inexistente e fora do escopo são a mesma resposta.
        raise Http404(f"{opts.verbose_name} não encontrado.")


class FormularioDaCasa:
    """Aceita só os campos que mostrou, e diz à pessoa o que o banco ou o modelo recusou."""

    CONTROLES = {"csrfmiddlewaretoken", "action", "index", "select_across"}
    recusa = ""

    def clean(self):
        """Um campo a mais no POST não é engano de quem usa a página."""
        estranhos = {nome for nome in self.data if "-" not in nome and not self._conhecido(nome)}
        if estranhos:
            raise SuspiciousOperation(f"Campos que o formulário não tem: {', '.join(sorted(estranhos))}.")
        if self.recusa:
            raise ValidationError(self.recusa)
        return super().clean()

    def _conhecido(self, nome: str) -> bool:
        # `inicio_0` e `inicio_1` são as metades de um campo de data e hora.
        inteiro = nome[:-2] if nome.endswith(("_0", "_1")) else nome
        return nome.startswith("_") or nome in self.CONTROLES or bool({nome, inteiro} & self.fields.keys())

    def _update_errors(self, errors):
        # O modelo pode recusar um campo que a página mostra fixo: sem isto, seria um erro 500.
        if hasattr(errors, "error_dict"):
            for nome in errors.error_dict.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(errors.error_dict.pop(nome))
        super()._update_errors(errors)


def parece_dado_pessoal(texto: str) -> bool:
    """Se o texto da busca é um e-mail, um documento ou um telefone escrito como telefone."""
    documento = normalizar(texto)
    telefone = texto.strip().startswith(("(", "+"))
    return bool(E_MAIL.search(texto)) or telefone or cpf_valido(documento) or cnpj_valido(documento)
