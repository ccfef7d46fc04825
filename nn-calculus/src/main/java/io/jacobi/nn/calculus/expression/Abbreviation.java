package io.jacobi.nn.calculus.expression;

import java.util.List;
import java.util.Set;

/**
 * A short name for a part of an expression, as in "let s_n be the deviation of row n".
 *
 * @param name the name that is written in place of the part
 * @param at the free indices of {@code meaning}, in the order in which they are written
 * @param meaning the expression that the name stands for
 */
public record Abbreviation(String name, List<Index> at, Expression meaning) {

    public Abbreviation {
        at = List.copyOf(at);
        if (!Set.copyOf(at).equals(meaning.indices())
                || at.size() != meaning.indices().size()) {
            throw new IllegalArgumentException("the indices " + at + " of the abbreviation " + name
                    + " are not those of its meaning\n  expected each of " + meaning.indices() + " once");
        }
    }

    /** The name at its own indices. */
    public Variable variable() {
        return new Variable(name, at);
    }
}
