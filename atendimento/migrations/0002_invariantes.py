"""Invariantes que o ORM não declara: série de protocolos, chaves compostas, coerência e selo."""

from django.db import migrations

# Dá a volta depois de 999.999: só mais de um milhão de contatos no mesmo dia repetiria um número,
# e então a restrição de unicidade o recusaria.
PROTOCOLO = "CREATE SEQUENCE atendimento_protocolo MINVALUE 1 MAXVALUE 999999 CYCLE;"
SEM_PROTOCOLO = "DROP SEQUENCE atendimento_protocolo;"

CHAVES_COMPOSTAS = """
ALTER TABLE atendimento_solicitacao ADD CONSTRAINT solicitacao_no_contrato_da_etiqueta
  FOREIGN KEY (etiqueta_id, contrato_id) REFERENCES contratos_etiqueta (id, contrato_id)
  DEFERRABLE INITIALLY IMMEDIATE;
ALTER TABLE atendimento_solicitacao ADD CONSTRAINT solicitacao_na_empresa_do_contrato
  FOREIGN KEY (contrato_id, empresa_id) REFERENCES contratos_contrato (id, empresa_id)
  ON UPDATE CASCADE DEFERRABLE INITIALLY IMMEDIATE;
"""
SEM_CHAVES_COMPOSTAS = """
ALTER TABLE atendimento_solicitacao DROP CONSTRAINT solicitacao_no_contrato_da_etiqueta;
ALTER TABLE atendimento_solicitacao DROP CONSTRAINT solicitacao_na_empresa_do_contrato;
"""

# Com a vaga única por agente entre os intervalos abertos, limitar a vaga limita quantas ele tem.
VAGA = """
CREATE FUNCTION conferir_vaga() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.vaga > coalesce((SELECT max(p.max_em_atendimento)
        FROM perfis_perfil p JOIN perfis_usuario_groups g ON g.group_id = p.group_ptr_id
        WHERE g.usuario_id = NEW.agente_id AND p.ativo), 0) THEN
    RAISE EXCEPTION 'o agente % não tem a vaga %', NEW.agente_id, NEW.vaga
      USING ERRCODE = 'check_violation', CONSTRAINT = 'apontamento_vaga_do_perfil';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER apontamento_vaga_do_perfil
  BEFORE INSERT OR UPDATE OF agente_id, vaga ON atendimento_apontamento
  FOR EACH ROW WHEN (NEW.fim IS NULL) EXECUTE FUNCTION conferir_vaga();
"""
SEM_VAGA = """
DROP TRIGGER apontamento_vaga_do_perfil ON atendimento_apontamento;
DROP FUNCTION conferir_vaga();
"""

# Cada transição parte de onde a anterior chegou e não vem antes dela.
CONTINUIDADE = """
CREATE FUNCTION conferir_transicao() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  anterior record;
BEGIN
  SELECT para, em INTO anterior FROM atendimento_transicao
    WHERE solicitacao_id = NEW.solicitacao_id AND versao = NEW.versao - 1;
  IF NOT FOUND AND (NEW.versao <> 1 OR NEW.de <> '')
     OR FOUND AND (anterior.para <> NEW.de OR anterior.em > NEW.em) THEN
    RAISE EXCEPTION 'a transição % da solicitação % não continua a anterior', NEW.versao, NEW.solicitacao_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'transicao_continua_a_anterior';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER transicao_continua_a_anterior
  BEFORE INSERT ON atendimento_transicao FOR EACH ROW EXECUTE FUNCTION conferir_transicao();
"""
SEM_CONTINUIDADE = """
DROP TRIGGER transicao_continua_a_anterior ON atendimento_transicao;
DROP FUNCTION conferir_transicao();
"""

# Adiado até o COMMIT, porque a solicitação, a transição e o intervalo se gravam um de cada vez.
COERENCIA = """
CREATE FUNCTION conferir_solicitacao() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  alvo bigint;
  s record;
  t record;
  agente bigint;
BEGIN
  IF TG_TABLE_NAME = 'atendimento_solicitacao' THEN
    alvo := NEW.id;
  ELSIF TG_OP = 'DELETE' THEN
    alvo := OLD.solicitacao_id;
  ELSE
    alvo := NEW.solicitacao_id;
  END IF;
  SELECT situacao, versao, responsavel_id, equipe_id INTO s FROM atendimento_solicitacao WHERE id = alvo;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  SELECT versao, para, responsavel_id, equipe_id INTO t FROM atendimento_transicao
    WHERE solicitacao_id = alvo ORDER BY versao DESC LIMIT 1;
  IF NOT FOUND OR t.versao <> s.versao OR t.para <> s.situacao OR t.equipe_id <> s.equipe_id
     OR t.responsavel_id IS DISTINCT FROM s.responsavel_id THEN
    RAISE EXCEPTION 'a solicitação % não concorda com sua última transição', alvo
      USING ERRCODE = 'check_violation', CONSTRAINT = 'solicitacao_concorda_com_a_historia';
  END IF;
  SELECT agente_id INTO agente FROM atendimento_apontamento WHERE solicitacao_id = alvo AND fim IS NULL;
  IF agente IS DISTINCT FROM (CASE WHEN s.situacao = 'em_atendimento' THEN s.responsavel_id END) THEN
    RAISE EXCEPTION 'a solicitação % não concorda com seu intervalo de trabalho', alvo
      USING ERRCODE = 'check_violation', CONSTRAINT = 'solicitacao_concorda_com_o_apontamento';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER solicitacao_coerente
  AFTER INSERT OR UPDATE OF situacao, versao, responsavel_id, equipe_id ON atendimento_solicitacao
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION conferir_solicitacao();
CREATE CONSTRAINT TRIGGER transicao_coerente
  AFTER INSERT ON atendimento_transicao
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION conferir_solicitacao();
CREATE CONSTRAINT TRIGGER apontamento_coerente
  AFTER INSERT OR UPDATE OR DELETE ON atendimento_apontamento
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION conferir_solicitacao();
"""
SEM_COERENCIA = """
DROP TRIGGER solicitacao_coerente ON atendimento_solicitacao;
DROP TRIGGER transicao_coerente ON atendimento_transicao;
DROP TRIGGER apontamento_coerente ON atendimento_apontamento;
DROP FUNCTION conferir_solicitacao();
"""

# O elo se escreve no COMMIT, por gatilho adiado: a trava consultiva é a última da transação, e por
# isso nunca espera por quem a espera, e dura só o próprio COMMIT. É uma fila só, de algumas centenas
# de COMMITs por segundo; a conta do elo é de ~20 µs.
SELO = """
CREATE FUNCTION auditoria_conteudo(r atendimento_registrodeauditoria) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(
    r.id, to_char(r.em AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), r.usuario_id, r.perfil,
    r.acao, r.alvo, r.alvo_id, r.protocolo, host(r.ip), r.dados)::text;
$$;
CREATE FUNCTION selar_auditoria() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  anterior record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('atendimento.auditoria'));
  SELECT ordem, resumo INTO anterior FROM atendimento_selodeauditoria ORDER BY ordem DESC LIMIT 1;
  INSERT INTO atendimento_selodeauditoria (ordem, registro_id, resumo) VALUES (
    coalesce(anterior.ordem, 0) + 1, NEW.id,
    sha256(coalesce(anterior.resumo, ''::bytea) || convert_to(auditoria_conteudo(NEW), 'UTF8')));
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER auditoria_selada
  AFTER INSERT ON atendimento_registrodeauditoria
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION selar_auditoria();
"""
SEM_SELO = """
DROP TRIGGER auditoria_selada ON atendimento_registrodeauditoria;
DROP FUNCTION selar_auditoria();
DROP FUNCTION auditoria_conteudo(atendimento_registrodeauditoria);
"""


class Migration(migrations.Migration):
    replaces = [("atendimento", "0003_invariantes")]

    dependencies = [
        ("atendimento", "0001_tabelas"),
        ("contratos", "0002_invariantes"),
        ("perfis", "0001_tabelas"),
    ]

    operations = [
        migrations.RunSQL(PROTOCOLO, SEM_PROTOCOLO),
        migrations.RunSQL(CHAVES_COMPOSTAS, SEM_CHAVES_COMPOSTAS),
        migrations.RunSQL(VAGA, SEM_VAGA),
        migrations.RunSQL(CONTINUIDADE, SEM_CONTINUIDADE),
        migrations.RunSQL(COERENCIA, SEM_COERENCIA),
        migrations.RunSQL(SELO, SEM_SELO),
    ]
