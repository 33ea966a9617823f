"""O que sai do console para outros sistemas: cada um com sua interface, um simulador e um de verdade."""
