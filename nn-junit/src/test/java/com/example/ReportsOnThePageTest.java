package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.jacobi.nn.Declarations;
import io.jacobi.nn.Layer;
import io.jacobi.nn.Pass;
import io.jacobi.nn.Shape;
import io.jacobi.nn.check.GradientCheck;
import io.jacobi.nn.math.Elementwise;
import io.jacobi.nn.math.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/add-a-layer.md shows the reports of the wrong layers that it describes. */
class ReportsOnThePageTest {

    private static final com.example.Scale RIGHT = new com.example.Scale();

    /** Marks lines that the page omits. */
    private static final String ELLIPSIS = "...";

    private interface WrongScale extends Layer {
        @Override
        default Shape declare(Shape input, Declarations d) {
            return RIGHT.declare(input, d);
        }

        @Override
        default void forward(Pass p) {
            RIGHT.forward(p);
        }
    }

    private static final class MultipliesByTheWrongArray {
        record Scale() implements WrongScale {
            @Override
            public void backward(Pass p) {
                RIGHT.backward(p);
                if (p.needsInputGradient()) {
                    Elementwise.map(p.scratch(), p.dy(), p.x(), p.dx(), (a, b, product, n) -> {
                        for (int i = 0; i < n; i++) {
                            product[i] = a[i] * b[i];
                        }
                    });
                }
            }
        }
    }

    private static final class ClearsTheGradient {
        record Scale() implements WrongScale {
            @Override
            public void backward(Pass p) {
                Vectors.fill(p.scratch(), p.gradient("scale"), 0);
                RIGHT.backward(p);
            }
        }
    }

    /** Returns the code blocks of the page that start with the given text, without their fences. */
    private static List<String> blocks(String start) throws IOException {
        String page = Files.readString(Path.of("..", "docs", "add-a-layer.md"));
        return Stream.of(page.split("```\n"))
                .filter(block -> block.startsWith(start))
                .toList();
    }

    private static void assertShows(String block, String report) {
        int at = 0;
        for (String line : block.lines().toList()) {
            if (!line.strip().equals(ELLIPSIS)) {
                int found = report.indexOf(line + "\n", at);
                assertThat(found)
                        .as("the page shows \"%s\", and the report is%n%s", line, report)
                        .isNotNegative();
                at = found;
            }
        }
    }

    @Test
    void theFirstReportShowsAWrongInputGradient() throws IOException {
        List<String> reports = blocks("Scale[]: gradient check FAILED");
        assertThat(reports).hasSize(2);
        assertShows(
                reports.get(0),
                GradientCheck.of(new MultipliesByTheWrongArray.Scale())
                        .input(Shape.of(3))
                        .report()
                        .toString());
    }

    @Test
    void theSecondReportShowsAnOverwrittenGradient() throws IOException {
        assertShows(
                blocks("Scale[]: gradient check FAILED").get(1),
                GradientCheck.of(new ClearsTheGradient.Scale())
                        .input(Shape.of(3))
                        .report()
                        .toString());
    }

    @Test
    void thePageShowsTheRightNumberOfTests() throws IOException {
        int claims = new ScaleTest().checks().get(0).claims().size();
        assertThat(blocks("[INFO] Running com.example.ScaleTest").get(0)).contains("Tests run: " + claims + ",");
    }
}
