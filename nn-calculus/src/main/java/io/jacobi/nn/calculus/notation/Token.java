package io.jacobi.nn.calculus.notation;

/** A token of a formula, with the column where it starts, counted from 1. */
record Token(Kind kind, String text, int column) {

    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    /** Whether the next token follows without a space. */
    boolean touches(Token next) {
        return column + text.length() == next.column();
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
