package io.jacobi.nn.calculus.notation;

/** Printed text, and how tightly its outermost operator binds. */
record Text(String text, Binding binding) {

    enum Binding {
        SUM,
        PRODUCT,
        POWER,
        ATOM
    }

    static Text atom(String text) {
        return new Text(text, Binding.ATOM);
    }

    /** The text, in parentheses unless it binds at least so tightly. */
    String within(Binding least, Style style) {
        return binding.compareTo(least) >= 0 ? text : style.parentheses(text);
    }
}
