"""Os verbos do cadastro de pessoas."""
