"""`requirements.lock`: o que se instala sem uv, com conferência e sem dizer de onde veio."""

import re
from pathlib import Path

TRAVA = (Path(__file__).parent.parent / "requirements.lock").read_text()


def test_nao_guarda_endereco_de_repositorio():
    assert "://" not in TRAVA


def test_todo_pacote_tem_versao_exata_e_conferencia():
    pacotes = re.split(r"\n(?=\S)", TRAVA.strip())

    assert len(pacotes) > 40
    for pacote in pacotes:
        assert re.match(r"[a-z0-9._-]+(\[[a-z,]+\])?==\S+", pacote), pacote
        assert "--hash=sha256:" in pacote, pacote
