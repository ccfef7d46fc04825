package io.jacobi.nn.calculus;

import io.jacobi.nn.calculus.notation.Variables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** A line of identities.txt: a formula, the variables of differentiation, and the expected derivative. */
record Identity(String formula, List<String> by, String derivative, String note) {

    static List<Identity> all() {
        try (InputStream file = Objects.requireNonNull(Identity.class.getResourceAsStream("identities.txt"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Identity::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Identity read(String line) {
        List<String> fields =
                Stream.of(line.split(" \\| ", -1)).map(String::strip).toList();
        return new Identity(
                fields.get(0),
                List.of(fields.get(1).split(" ", -1)),
                fields.get(2),
                fields.size() > 3 ? fields.get(3) : "");
    }

    Variables variables() {
        boolean hasScalar = !note.isEmpty() && !note.equals("square");
        return hasScalar ? Variables.inferred().scalar(note) : Variables.inferred();
    }

    Formula source() {
        return Formula.parse(formula, variables());
    }

    /** The successive derivations, one for each variable. */
    List<Derivation> derivations() {
        List<Derivation> derivations = new ArrayList<>();
        Formula current = source();
        for (String variable : by) {
            derivations.add(current.derive(variable));
            current = derivations.get(derivations.size() - 1).derivative();
        }
        return derivations;
    }

    /** Shapes that fit the formula, different for each {@code round}; some lengths are 1. */
    Map<String, long[]> shapes(int round) {
        return source().shapes(Map.of(), open -> note.equals("square") ? 2 + round : 1 + (2 * open + round + 1) % 4);
    }

    @Override
    public String toString() {
        return formula + " by " + String.join(", ", by);
    }
}
