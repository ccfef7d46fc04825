package io.jacobi.nn.examples;

import io.jacobi.nn.calculus.Derivation;
import io.jacobi.nn.calculus.DerivativeCheck;
import io.jacobi.nn.calculus.Formula;
import io.jacobi.nn.calculus.expression.Index;
import io.jacobi.nn.calculus.layers.LayerFormulas;
import io.jacobi.nn.calculus.notation.Variables;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Differentiates a formula of matrix calculus. */
@Command(
        name = "derive",
        description = {
            "Differentiate a formula with respect to one of its variables.",
            "Examples of formulas: \"x' * A * x\", \"tr(A*B)\", \"norm2(A*x - b)^2\", \"logdet(X)\", or in index notation"
                    + " \"x_i A_ij x_j\". A name in upper case is a matrix. A name in lower case is a vector, or a number if"
                    + " the formula makes no sense otherwise. Put -- before a formula that starts with -h or -V."
        },
        sortOptions = false)
final class DeriveCommand implements Callable<Integer> {

    private static final double TOLERANCE = 1e-7;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..1", paramLabel = "FORMULA", description = "The formula, in matrix or index notation.")
    private String formula = "";

    @Option(names = "--wrt", paramLabel = "NAME", description = "The variable to differentiate with respect to.")
    private String variable = "";

    @Option(
            names = "--layer",
            paramLabel = "NAME",
            description = "Instead of a formula: derive the backward pass of a layer or loss, as in --layer LayerNorm.")
    private String layer = "";

    @Option(names = "--hessian", description = "Differentiate twice; the formula must be a number.")
    private boolean hessian;

    @Option(names = "--steps", description = "Print the derivation rule by rule, in index notation.")
    private boolean steps;

    @Option(names = "--latex", description = "Print the derivative in LaTeX as well.")
    private boolean latex;

    @Option(names = "--java", description = "Print the derivative as Java code as well.")
    private boolean java;

    @Option(
            names = "--check",
            description =
                    "Compare the derivative with finite differences at random values where the formula is defined; fail if"
                            + " there are none or the error exceeds 1e-7.")
    private boolean check;

    @Option(
            names = "--shape",
            paramLabel = "NAME=SIZES",
            description = "The shape of a variable, as in A=5,5; the other shapes are chosen to fit.")
    private Map<String, String> shapes = new LinkedHashMap<>();

    @Option(names = "--scalar", paramLabel = "NAME", description = "A variable that is a number.")
    private List<String> scalars = List.of();

    @Override
    public Integer call() {
        if (layer.isEmpty() == (formula.isEmpty() || variable.isEmpty())) {
            throw new ParameterException(
                    spec.commandLine(), "Expected a formula and --wrt with one of its variables, or --layer alone");
        }
        if (!layer.isEmpty()) {
            LayerFormulas.named(layer).explanation().forEach(spec.commandLine().getOut()::println);
            return 0;
        }
        Map<String, long[]> given = new LinkedHashMap<>();
        shapes.forEach((name, sizes) -> given.put(name, sizes(name, sizes)));
        Variables variables = Variables.inferred();
        for (String name : scalars) {
            variables = variables.scalar(name);
        }
        for (Map.Entry<String, long[]> shape : given.entrySet()) {
            variables = variables.with(shape.getKey(), shape.getValue().length);
        }
        Formula source = Formula.parse(formula, variables);
        requireKnown(source, "--shape", given.keySet());
        requireKnown(source, "--scalar", scalars);
        note(source, variables.ranks().keySet());
        if (hessian) {
            source.requireNumber(variable);
        }
        Derivation first = source.derive(variable);
        Derivation last = hessian ? first.derivative().derive(variable) : first;
        print(hessian ? List.of(first, last) : List.of(first));
        return !check || isRight(last.checkSomewhere(given, 1)) ? 0 : 1;
    }

    private static void requireKnown(Formula source, String option, Collection<String> names) {
        for (String name : names) {
            if (!source.names().contains(name)) {
                throw new IllegalArgumentException(option + " " + name + ": there is no variable " + name
                        + "\n  expected one of " + source.names());
            }
        }
    }

    private static long[] sizes(String name, String sizes) {
        if (!sizes.matches("[1-9]\\d{0,5}(,[1-9]\\d{0,5})*")) {
            throw new IllegalArgumentException("--shape " + name + "=" + sizes + ": cannot be read"
                    + "\n  expected positive integers separated by commas, as in A=5,5"
                    + "\n  fix: --scalar " + name + " declares a number");
        }
        return Arrays.stream(sizes.split(",", -1)).mapToLong(Long::parseLong).toArray();
    }

    /** "∂f_i/∂A_kl = " before a derivative in index notation, because there the order of its axes is not seen. */
    private static String label(List<Derivation> derivations) {
        Formula derivative = derivations.get(derivations.size() - 1).derivative();
        if (derivative.matrix().isPresent()) {
            return "";
        }
        Formula source = derivations.get(0).formula();
        String of = at("f", source.axes());
        return derivations.stream()
                .map(by -> "∂" + at(by.by().name(), by.by().at()))
                .collect(Collectors.joining("", derivations.size() == 1 ? "∂" + of + "/" : "∂²" + of + "/", " = "));
    }

    private static String at(String name, List<Index> indices) {
        return indices.isEmpty()
                ? name
                : name + "_" + indices.stream().map(Index::name).collect(Collectors.joining());
    }

    /** Names of matrix notation that no option declares and that are read as numbers. */
    private void note(Formula source, Collection<String> declared) {
        List<String> numbers = source.names().stream()
                .filter(name -> !declared.contains(name)
                        && source.variables()
                                .rank(name)
                                .filter(rank -> rank == 0)
                                .isPresent())
                .toList();
        if (!numbers.isEmpty() && !formula.contains("_")) {
            PrintWriter err = spec.commandLine().getErr();
            err.println("jacobi: read as " + (numbers.size() == 1 ? "a number: " : "numbers: ")
                    + String.join(", ", numbers) + "; --shape " + numbers.get(0) + "=3 declares a vector");
            err.flush();
        }
    }

    private void print(List<Derivation> derivations) {
        PrintWriter out = spec.commandLine().getOut();
        Formula derivative = derivations.get(derivations.size() - 1).derivative();
        if (steps) {
            derivations.forEach(derivation -> derivation.steps().forEach(out::println));
        } else {
            out.println(label(derivations) + derivative);
        }
        if (latex) {
            out.println(derivative.latex());
        }
        if (java) {
            out.print(derivative.java("derivative"));
        }
        out.flush();
    }

    private boolean isRight(DerivativeCheck done) {
        PrintWriter out = spec.commandLine().getOut();
        boolean right = done.error() <= TOLERANCE;
        if (done.isDefined()) {
            out.printf(
                    Locale.ROOT,
                    "%s: %.1e from differences, at %s%n",
                    right ? "checked" : "WRONG",
                    done.error(),
                    done.where());
        } else {
            out.println("not checked: the formula is not defined at the points drawn, at " + done.where());
            out.println(
                    done.singular()
                            ? "  a matrix whose inverse or determinant is taken is singular at these shapes"
                            : "  expected a formula that is defined for some values between -3 and 3");
            out.println(
                    done.singular()
                            ? "  fix: give other shapes, as in --shape X=5,3"
                            : "  fix: compare at values of your own in Java, with Derivation.check");
        }
        out.flush();
        return right;
    }
}
