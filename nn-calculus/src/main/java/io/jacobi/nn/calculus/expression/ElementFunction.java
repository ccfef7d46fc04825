package io.jacobi.nn.calculus.expression;

import io.jacobi.nn.math.ErrorFunction;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;

/** The named functions. The derivatives of relu and abs at 0 are 0. */
public final class ElementFunction implements Function {

    public static final Function EXP = new ElementFunction("exp", Math::exp, u -> u.map(ElementFunction.EXP));
    public static final Function LOG = new ElementFunction("log", Math::log, u -> u.power(-1));
    public static final Function SIN = new ElementFunction("sin", Math::sin, u -> u.map(ElementFunction.COS));
    public static final Function COS = new ElementFunction(
            "cos", Math::cos, u -> u.map(ElementFunction.SIN).times(-1));
    public static final Function TANH = new ElementFunction(
            "tanh", Math::tanh, u -> oneMinus(u.map(ElementFunction.TANH).power(2)));
    public static final Function SIGMOID = new ElementFunction(
            "sigmoid",
            ElementFunction::logistic,
            u -> u.map(ElementFunction.SIGMOID).times(oneMinus(u.map(ElementFunction.SIGMOID))));
    public static final Function SOFTPLUS = new ElementFunction(
            "softplus", x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))), u -> u.map(ElementFunction.SIGMOID));
    public static final Function ERF = new ElementFunction(
            "erf",
            ErrorFunction::erf,
            u -> u.power(2).times(-1).map(ElementFunction.EXP).times(2 / Math.sqrt(Math.PI)));
    public static final Function RELU =
            new ElementFunction("relu", x -> Math.max(x, 0), u -> u.map(ElementFunction.STEP));
    public static final Function ABS = new ElementFunction("abs", Math::abs, u -> u.map(ElementFunction.SIGN));
    /** 1 where x is positive, else 0. */
    public static final Function STEP = new ElementFunction("step", x -> x > 0 ? 1 : 0, u -> u.times(0));

    public static final Function SIGN = new ElementFunction("sign", Math::signum, u -> u.times(0));

    private static final List<Function> ALL =
            List.of(EXP, LOG, SIN, COS, TANH, SIGMOID, SOFTPLUS, ERF, RELU, ABS, STEP, SIGN);

    private final String symbol;
    private final DoubleUnaryOperator value;
    private final UnaryOperator<Expression> derivative;

    private ElementFunction(String symbol, DoubleUnaryOperator value, UnaryOperator<Expression> derivative) {
        this.symbol = symbol;
        this.value = value;
        this.derivative = derivative;
    }

    /** The function with the name {@code symbol} in formulas. */
    public static Optional<Function> named(String symbol) {
        return ALL.stream().filter(f -> f.symbol().equals(symbol)).findFirst();
    }

    /** The names of all functions. */
    public static List<String> symbols() {
        return ALL.stream().map(Function::symbol).toList();
    }

    private static Expression oneMinus(Expression u) {
        return Expression.constant(1).minus(u);
    }

    private static double logistic(double x) {
        // uses the form whose exponential is at most 1
        double power = Math.exp(-Math.abs(x));
        return (x < 0 ? power : 1) / (1 + power);
    }

    @Override
    public String symbol() {
        return symbol;
    }

    @Override
    public double apply(double x) {
        return value.applyAsDouble(x);
    }

    @Override
    public Expression derivative(Expression u) {
        return derivative.apply(u);
    }
}
