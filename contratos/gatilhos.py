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


# De uma conexão há um só "provisionar" na fila: outra mudança o renova, e a versão diz que renovou.
PROVISIONAR = """
INSERT INTO contratos_comandoderede (conexao_id, verbo, motivo, login_anterior)
  SELECT c.id, 'provisionar', {motivo}, {login_anterior}
  FROM contratos_conexao c JOIN contratos_concentrador n ON n.id = c.concentrador_id
  WHERE n.integracao <> '' AND {quais}
  ORDER BY c.id
ON CONFLICT (conexao_id, verbo) WHERE situacao = 'na_fila' DO UPDATE
  SET motivo = EXCLUDED.motivo, versao = contratos_comandoderede.versao + 1, tentativas = 0,
      proxima_em = clock_timestamp(), resposta = '',
      login_anterior = COALESCE(
        NULLIF(contratos_comandoderede.login_anterior, ''), EXCLUDED.login_anterior);
"""
_FORA_DA_IMPORTACAO = """
IF current_setting('atendimento.origem', true) = 'importacao' THEN
  RETURN NULL;
END IF;
"""


def provisiona_a_situacao(nome: str) -> pgtrigger.Trigger:
    """A mudança de situação do contrato chega à rede por qualquer caminho, na mesma transação.

    A importação não passa por aqui: o que ela traz a rede já sabe.
    """
    inserir = PROVISIONAR.format(
        motivo="'situação do contrato'",
        login_anterior="''",
        quais="c.ativa AND c.etiqueta_id IN (SELECT e.id FROM contratos_etiqueta e"
        " WHERE e.contrato_id = NEW.id)",
    )
    return pgtrigger.Trigger(
        name=nome,
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("situacao"),
        condition=pgtrigger.Q(old__situacao__df=pgtrigger.F("new__situacao")),
        func=f"{_FORA_DA_IMPORTACAO}{inserir}RETURN NULL;",
    )


def provisiona_a_conexao(nome: str) -> pgtrigger.Trigger:
    """A mudança de senha, MAC, IP, lista ou login de uma conexão chega à rede, na mesma transação."""
    motivo = """CASE
    WHEN OLD.senha IS DISTINCT FROM NEW.senha THEN 'senha'
    WHEN OLD.mac <> NEW.mac THEN 'MAC'
    WHEN OLD.ativa <> NEW.ativa THEN CASE WHEN NEW.ativa THEN 'ativação' ELSE 'desativação' END
    WHEN OLD.status <> NEW.status THEN CASE WHEN NEW.status = 2 THEN 'bloqueio' ELSE 'liberação' END
    ELSE 'cadastro' END"""
    inserir = PROVISIONAR.format(
        motivo=motivo,
        login_anterior="CASE WHEN OLD.login <> NEW.login THEN OLD.login ELSE '' END",
        quais="c.id = NEW.id",
    )
    mudou = " OR ".join(
        f"OLD.{coluna} IS DISTINCT FROM NEW.{coluna}"
        for coluna in ("senha", "mac", "ativa", "status", "tipo_ip", "ip", "login", "concentrador_id")
    )
    return pgtrigger.Trigger(
        name=nome,
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(mudou),
        func=f"{_FORA_DA_IMPORTACAO}{inserir}RETURN NULL;",
    )
