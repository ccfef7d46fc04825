package io.jacobi.nn.calculus.notation;

/** Printed text, with the precedence of its outermost operator. */
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

    /** A number; a fraction binds like a quotient. */
    static Text number(double value, Style style) {
        String text = style.number(Math.abs(value));
        boolean quotient = text.contains("/") && !text.startsWith("(");
        return value < 0
                ? new Text("-" + text, Binding.SUM)
                : new Text(text, quotient ? Binding.PRODUCT : Binding.ATOM);
    }

    /** The text, in parentheses if it binds less tightly than {@code least}. */
    String within(Binding least, Style style) {
        return binding.compareTo(least) >= 0 ? text : style.parentheses(text);
    }
}
