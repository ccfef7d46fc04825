package io.jacobi.nn.calculus.expression;

/** Transforms an expression; by default, expressions without subexpressions stay unchanged. */
interface Rewriting extends Cases<Expression> {

    @Override
    default Expression variable(Variable variable) {
        return variable;
    }

    @Override
    default Expression constant(Constant constant) {
        return constant;
    }

    @Override
    default Expression delta(Delta delta) {
        return delta;
    }

    @Override
    default Expression ones(Ones ones) {
        return ones;
    }

    @Override
    default Expression size(Size size) {
        return size;
    }
}
