"""Ações que só existem nos testes: provam que acrescentar uma não muda nenhum arquivo existente."""
