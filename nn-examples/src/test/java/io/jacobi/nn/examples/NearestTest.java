package io.jacobi.nn.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

    /** By hand: kitten, sitten, sittin, sitting. */
    @Test
    void typosAreCountedAsLetters() {
        assertThat(Nearest.typos("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.typos("", "abc")).isEqualTo(3);
        assertThat(Nearest.typos("abc", "abc")).isZero();
    }

    @Test
    void theNameWithTheFewestTyposIsMeant() {
        List<String> columns = List.of("price", "area", "rooms", "id");

        assertThat(Nearest.to("prize", columns)).contains("price");
        assertThat(Nearest.to("PRICE ", columns)).contains("price");
        assertThat(Nearest.to("location", columns)).isEmpty();
        assertThat(Nearest.to("x1", columns))
                .as("half of a short name is another name")
                .isEmpty();
    }
}
