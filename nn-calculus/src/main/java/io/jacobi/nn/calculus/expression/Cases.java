package io.jacobi.nn.calculus.expression;

/** A visitor with one method for each kind of expression. */
public interface Cases<R> {

    R variable(Variable variable);

    R constant(Constant constant);

    R delta(Delta delta);

    R ones(Ones ones);

    R size(Size size);

    R contraction(Contraction contraction);

    R sum(Sum sum);

    R mapped(Mapped mapped);

    R determinant(Determinant determinant);

    R logDeterminant(LogDeterminant determinant);

    R inverse(Inverse inverse);
}
