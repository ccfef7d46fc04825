package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.check.LayerCheck;
import io.jacobi.nn.layers.Affine;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A wrong layer makes the command fail and report where. */
class GradcheckCommandTest {

    private final StringWriter out = new StringWriter();

    /** y = 2 x, whose gradient forgets the 2. */
    private record Doubling() implements Layer {

        @Override
        public Shape declare(Shape input, Declarations d) {
            return input;
        }

        @Override
        public void forward(Pass p) {
            Vectors.copy(p.scratch(), p.x(), p.y());
            Vectors.scale(p.scratch(), 2, p.y());
        }

        @Override
        public void backward(Pass p) {
            Vectors.copy(p.scratch(), p.dy(), p.dx());
        }
    }

    private int run(List<LayerCheck> checks, String... args) {
        return new CommandLine(new GradcheckCommand(() -> checks))
                .setOut(new PrintWriter(out))
                .execute(args);
    }

    @Test
    void oneWrongLayerFailsTheCommandAndItsReportIsPrinted() {
        int code = run(List.of(GradientCheck.of(new Affine(2)), GradientCheck.of(new Doubling())));

        assertThat(code).isEqualTo(1);
        assertThat(out.toString())
                .containsPattern("Doubling\\[].*FAILED")
                .contains("Doubling[]: gradient check FAILED", "WRONG central differences, batch 1", "1 of 2 FAILED")
                .contains("ok    the same seed gives the same result")
                .doesNotContain("Affine(2): gradient check");
    }

    @Test
    void theFivePointOracleHasAColumn() {
        run(List.of(GradientCheck.of(new Affine(2))));

        assertThat(out.toString()).contains("differences   5-point").doesNotContain("five-point stencil");
    }

    @Test
    void oneLayerAloneIsShownWithARowForEachGradient() {
        int code = run(List.of(GradientCheck.of(new Affine(2)), GradientCheck.of(new Doubling())), "--layer", "aff");

        assertThat(code).isZero();
        assertThat(out.toString())
                .contains("Affine(2): gradient check passed")
                .containsPattern(
                        "tensor +oracle +shape +compared +skip +absolute +relative +where +analytic +expected +h")
                .containsPattern("ok    weight +central +\\[2, 5] +10 +0 ")
                .containsPattern("ok    bias +5-point +\\[2] +2 +0 ")
                .doesNotContain("Doubling");
    }

    @Test
    void theJsonFileHasEveryFindingOfFailedChecksToo(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("report.json");

        int code = run(List.of(GradientCheck.of(new Doubling())), "--json", file.toString());

        assertThat(code).isEqualTo(1);
        String json = Files.readString(file);
        assertThat(json)
                .contains("\"subject\":\"Doubling[]\",\"passed\":false")
                .contains("\"claim\":\"central differences\",\"batch\":3,\"holds\":false")
                .contains("\"oracle\":\"DIFFERENCES\",\"tensor\":\"input\",\"shape\":[1,5],\"passes\":false");
        assertThat(objects(json)).as("reports, findings and tensors").isGreaterThan(10);
    }

    /** Counts the objects; parsing fails unless the text is JSON. */
    private static int objects(String json) {
        int objects = 0;
        try (JsonParser parser = new JsonFactory().createParser(ObjectReadContext.empty(), json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                objects += token == JsonToken.START_OBJECT ? 1 : 0;
            }
        }
        return objects;
    }
}
