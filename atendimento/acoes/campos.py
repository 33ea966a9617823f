"""Campos dos passos: com tamanho sempre limitado e o controle que o navegador oferece melhor."""

from django import forms


class Texto(forms.CharField):
    """Texto de várias linhas. A quebra conta um caractere, como no navegador, e não dois."""

    def __init__(self, *, linhas: int = 4, **kwargs):
        kwargs.setdefault("max_length", 2000)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": linhas}))
        super().__init__(**kwargs)

    def to_python(self, value):
        """O texto com quebras de uma só forma e sem espaço nas pontas."""
        return super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")


class CampoDeRelato(Texto):
    """O que se conta do atendimento; a tela oferece os textos prontos da equipe."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", "Relato")
        kwargs.setdefault("max_length", 4000)
        super().__init__(**kwargs)
        self.widget.attrs["data-relato"] = ""


class Data(forms.DateField):
    """Um dia, pelo calendário do navegador."""

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)


class DataHora(forms.DateTimeField):
    """Um instante no fuso da instalação, pelo calendário do navegador."""

    def __init__(self, **kwargs):
        kwargs.setdefault(
            "widget", forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})
        )
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"], **kwargs)


def comprimento_ilimitado(campo: forms.Field) -> bool:
    """Se o campo aceita texto livre sem máximo."""
    return isinstance(campo, forms.CharField) and not campo.max_length
