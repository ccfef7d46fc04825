package io.jacobi.nn.calculus.notation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.calculus.Calculus;
import io.jacobi.nn.calculus.Formula;
import io.jacobi.nn.calculus.RandomFormula;
import io.jacobi.nn.calculus.ReadBack;
import io.jacobi.nn.math.Memory;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class PrintersTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x' * A * x | x | A x + A^{\\top} x",
                "norm2(A*x - b) | x | \\frac{A^{\\top} \\left( A x - b \\right)}{\\left\\lVert A x - b \\right\\rVert_{2}}",
                "logdet(X) | X | \\left( X \\right)^{-1}^{\\top}",
                "sum(sigmoid(theta)) | theta | \\sigma\\left( \\theta \\right) \\odot \\left( 1 - \\sigma\\left( \\theta \\right) \\right)",
                "T_ijk x_k | x | T_{i j l}",
                "mean(x) | x | \\frac{\\mathbf{1}}{n_{x}}",
                "sum(x.^3) | x | 3 x^{\\odot 2}",
                "sum(x ./ cost) | x | 1 \\oslash \\mathrm{cost}",
            })
    void writesLatex(String formula, String by, String latex) {
        assertThat(Calculus.derive(formula, by).derivative().latex()).isEqualTo(latex);
    }

    @Test
    void latexOfIndexNotationWritesSumsInFull() {
        Formula f = Formula.parse("A_ijk sum_l(exp(B_kl)) .* C_k");
        assertThat(f.latex()).isEqualTo("\\sum_{k l} A_{i j k} \\odot \\exp\\left( B_{k l} \\right) \\odot C_{k}");
    }

    private static final List<String> FORMULAS = List.of(
            "tanh(A*x) + sigmoid(x) - relu(x) + abs(x)",
            "softplus(x) .* exp(-x) + log(x) ./ sqrt(x)",
            "sin(x) + cos(x).^3 + step(x) + sign(x) + erf(x) + mean(x)",
            "inv(A)*x + det(A)*diag(A) + logdet(A)*x + A*ones",
            "A'*A + x*x' + I");

    /** Names that Java does not allow, or that the printed code uses itself. */
    private static final List<String> NAMES = List.of(
            "sum(exp(A*t1))",
            "t1 + t2 + t4 .* exp(t3)",
            "int .* class + yield",
            "Einsum*double + Nd4j*INDArray'*int",
            "1e5*x + 3000000000*x + x/3",
            "s*t*x_i");

    @Test
    void javaNamesAreNotUsedTwice() {
        assertThat(Formula.parse("sum(exp(A*t1))").derive("t1").derivative().java("f"))
                .startsWith("static INDArray f(INDArray A, INDArray t1) {\n    INDArray t2 = ");
        assertThat(Formula.parse("int .* class").java("f"))
                .startsWith("static INDArray f(INDArray class_, INDArray int_) {");
    }

    @Test
    void writesJavaThatRuns(@TempDir Path directory) throws IOException, ReflectiveOperationException {
        run(directory, FORMULAS.stream().map(Formula::parse).toList());
    }

    @Test
    void javaRunsWhateverTheNames(@TempDir Path directory) throws IOException, ReflectiveOperationException {
        List<Formula> formulas = new ArrayList<>();
        for (String name : NAMES) {
            Formula formula = Formula.parse(name);
            formulas.add(formula);
            formula.names().forEach(by -> formulas.add(formula.derive(by).derivative()));
        }
        run(directory, formulas);
    }

    @Test
    void javaOfRandomFormulasRuns(@TempDir Path directory) throws IOException, ReflectiveOperationException {
        RandomFormula random = new RandomFormula(37);
        List<Formula> formulas = new ArrayList<>();
        for (int n = 0; n < 150; n++) {
            Formula formula = Formula.parse(random.any(1 + n % 3), RandomFormula.VARIABLES);
            formulas.add(formula);
            formula.names().stream()
                    .limit(1)
                    .forEach(by -> formulas.add(formula.derive(by).derivative()));
        }
        run(directory, formulas);
    }

    /** The printed Java compiles and computes the values of the formulas. */
    private void run(Path directory, List<Formula> formulas) throws IOException, ReflectiveOperationException {
        StringBuilder code = new StringBuilder();
        for (String name : List.of(
                "io.jacobi.nn.calculus.Einsum",
                "org.nd4j.linalg.api.buffer.DataType",
                "org.nd4j.linalg.api.ndarray.INDArray",
                "org.nd4j.linalg.factory.Nd4j",
                "org.nd4j.linalg.ops.transforms.Transforms")) {
            code.append("import ").append(name).append(";\n");
        }
        code.append("public class Printed {\n");
        for (int f = 0; f < formulas.size(); f++) {
            code.append("public ").append(formulas.get(f).java("f" + f));
        }
        Path source = Files.writeString(directory.resolve("Printed.java"), code.append("}\n"));
        int failed = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-cp", System.getProperty("java.class.path"), "-proc:none", source.toString());
        assertThat(failed).isZero();

        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            Class<?> printed = loader.loadClass("Printed");
            for (int f = 0; f < formulas.size(); f++) {
                compare(formulas.get(f), printed, "f" + f);
            }
        }
    }

    private static void compare(Formula formula, Class<?> printed, String name) throws ReflectiveOperationException {
        Map<String, INDArray> values = values(formula);
        Object[] arguments = formula.names().stream().map(values::get).toArray();
        Class<?>[] types = formula.names().stream().map(any -> INDArray.class).toArray(Class<?>[]::new);
        Method method = printed.getMethod(name, types);

        INDArray result = (INDArray) method.invoke(null, arguments);

        assertThat(ReadBack.differ(
                        "the printed Java",
                        Vectors.toDoubles(result.dup('c')),
                        Vectors.toDoubles(formula.evaluate(values))))
                .as(formula.toString())
                .isEmpty();
    }

    private static Map<String, INDArray> values(Formula formula) {
        SplittableRandom random = new SplittableRandom(1);
        Map<String, INDArray> values = new HashMap<>();
        formula.shapes(Map.of(), open -> 3).forEach((name, shape) -> {
            INDArray array = Memory.array(DataType.DOUBLE, shape);
            Vectors.set(array, random.doubles(array.length(), 0.5, 1.5).toArray());
            values.put(name, array);
        });
        return values;
    }
}
