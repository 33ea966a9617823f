"""Gatilhos do PostgreSQL que os modelos declaram em `Meta.triggers`."""

import pgtrigger

from contratos.enums import SituacaoDoContrato


def so_acrescenta(nome: str) -> pgtrigger.Trigger:
    """Recusa UPDATE e DELETE: a tabela é um registro, e um registro só cresce."""
    return pgtrigger.Protect(name=nome, operation=pgtrigger.Update | pgtrigger.Delete)


def situacao_datada(nome: str) -> pgtrigger.Trigger:
    """Toda mudança de situação leva a data, mesmo a que não a diz."""
    return pgtrigger.Trigger(
        name=nome,
        when=pgtrigger.Before,
        operation=pgtrigger.UpdateOf("situacao"),
        condition=pgtrigger.Condition(
            "OLD.situacao <> NEW.situacao AND OLD.situacao_desde = NEW.situacao_desde"
        ),
        func="NEW.situacao_desde := clock_timestamp(); RETURN NEW;",
    )


def bloqueio_no_prazo_legal(nome: str) -> pgtrigger.Trigger:
    """Nenhum caminho leva ao Bloqueio Financeiro antes do relógio legal (RGC, Resolução Anatel 765/2023).

    É preciso uma fatura vencida, não contestada, com aviso entregue há tantos dias quantos o parâmetro diz.
    A hora é a do relógio, como a das regras em Python, e não a do começo da transação. Fora disso só o que a
    importação traz do sistema de origem e o que nasce fictício.
    """
    return pgtrigger.Trigger(
        name=nome,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("situacao"),
        condition=pgtrigger.Q(new__situacao=SituacaoDoContrato.BLOQUEIO_FINANCEIRO.value),
        func=_BLOQUEIO_NO_PRAZO_LEGAL,
    )


_BLOQUEIO_NO_PRAZO_LEGAL = """
IF current_setting('atendimento.origem', true) = 'importacao' THEN
  RETURN NEW;
END IF;
IF TG_OP = 'INSERT' THEN
  IF NEW.demo THEN
    RETURN NEW;
  END IF;
ELSIF OLD.situacao = NEW.situacao THEN
  RETURN NEW;
END IF;
PERFORM 1 FROM contratos_fatura f JOIN contratos_notificacaodedebito n ON n.fatura_id = f.id
  WHERE f.contrato_id = NEW.id AND f.situacao = 'aberta' AND NOT f.contestada
    AND f.vencimento < clock_timestamp()
    AND n.entregue_em <= clock_timestamp() - make_interval(days => COALESCE(
      (SELECT p.dias_do_aviso_a_suspensao FROM contratos_parametros p WHERE p.id = 1), 15));
IF NOT FOUND THEN
  RAISE EXCEPTION 'o contrato % não tem débito com aviso entregue no prazo legal', NEW.id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'bloqueio_no_prazo_legal';
END IF;
RETURN NEW;
"""
