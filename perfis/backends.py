"""Quem entra e o que pode no admin; permissão por objeto, com a mesma resposta do console."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission
from guardian.backends import ObjectPermissionBackend

from perfis.permissoes import modelos_de_concessao
from perfis.regras import regras_da_capacidade, todas


class ContaBackend(AuthenticationBackend):
    """Entrada por usuário e senha; no admin valem só as permissões dos perfis ativos."""

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj):
        return Permission.objects.filter(todas(regras_da_capacidade()), group__user=user_obj)


class ConcessaoVigenteBackend(ObjectPermissionBackend):
    """O guardian só olha a linha; aqui contam também o perfil ativo e o prazo da concessão."""

    def has_perm(self, user_obj, perm, obj=None):
        """Se algum perfil de `user_obj` concede `perm` em `obj` agora. Sem `obj`, nunca."""
        if obj is None or not user_obj.is_authenticated:
            return False
        permissao = perm if "." in perm else f"{obj._meta.app_label}.{perm}"
        return permissao in _permissoes_do_modelo(obj) and obj.pk in user_obj.objetos_permitidos(permissao)

    def get_all_permissions(self, user_obj, obj=None):
        """As permissões sobre `obj` concedidas agora, pelo mesmo caminho de `has_perm`."""
        if obj is None or not user_obj.is_authenticated:
            return set()
        return {
            permissao.split(".")[1]
            for permissao in _permissoes_do_modelo(obj)
            if obj.pk in user_obj.objetos_permitidos(permissao)
        }


def _permissoes_do_modelo(obj) -> set[str]:
    return {
        permissao
        for permissao, concessao in modelos_de_concessao().items()
        if isinstance(obj, concessao._meta.get_field("content_object").related_model)
    }
