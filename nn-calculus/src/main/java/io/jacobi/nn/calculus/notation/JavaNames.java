package io.jacobi.nn.calculus.notation;

import java.util.HashSet;
import java.util.Set;

/** The names of the parameters and the local variables of a printed method, none of which is used twice. */
final class JavaNames {

    /** What is no name in Java, and the classes that a printed method uses, which a parameter would hide. */
    private static final Set<String> RESERVED = Set.of("""
            abstract assert boolean break byte case catch char class const continue default do double else enum
            extends false final finally float for goto if implements import instanceof int interface long native
            new null package private protected public return short static strictfp super switch synchronized
            this throw throws transient true try void volatile while yield DataType Double Einsum INDArray Nd4j
            Transforms""".split("\\s+", -1));

    private final Set<String> parameters = new HashSet<>();
    private int locals;

    JavaNames(Set<String> variables) {
        variables.forEach(variable -> parameters.add(parameter(variable)));
    }

    /** The name of the parameter of a variable: names in formulas have no underscore, so int_ is free. */
    static String parameter(String variable) {
        return RESERVED.contains(variable) ? variable + "_" : variable;
    }

    /** A new local variable: t1, t2, ... without the names of parameters. */
    String local() {
        String name = "t" + ++locals;
        return parameters.contains(name) ? local() : name;
    }
}
