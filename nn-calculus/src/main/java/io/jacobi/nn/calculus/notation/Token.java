package io.jacobi.nn.calculus.notation;

import io.jacobi.nn.calculus.expression.Excerpt;

/** A token of a formula, with the column where it starts, counted from 1. */
record Token(Kind kind, String text, int column) {

    private static final int LONGEST = 40;

    enum Kind {
        NUMBER,
        NAME,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean startsOperand() {
        return kind == Kind.NUMBER || kind == Kind.NAME || is("(");
    }

    boolean endsOperand() {
        return kind == Kind.NUMBER || kind == Kind.NAME || is(")") || is("'") || is("ᵀ");
    }

    /** Whether the next token follows without a space. */
    boolean touches(Token next) {
        return column + text.length() == next.column();
    }

    @Override
    public String toString() {
        return kind == Kind.END ? "the end" : "\"" + Excerpt.of(text, LONGEST) + "\"";
    }
}
